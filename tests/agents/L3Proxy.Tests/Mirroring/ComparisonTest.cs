using Cascade.Agent.Serving;

namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>A restart that remembers nothing, what it costs, what is nobody's, and what an operator sees.</summary>
public sealed class ComparisonTest : WorldTest
{
    [Test]
    public async Task A_restart_finds_what_an_earlier_life_made_and_changes_nothing()
    {
        var (router, server, ip) = await world.ServedAsync();
        world.Parent.SetRoutes(router, ("10.97.0.0/16", "10.10.0.7"));
        world.Parent.AddConntrackHelper(router);
        var forwarding = world.Parent.AddFloatingIp(world.Outside);
        world.Parent.AddPortForwarding(forwarding, world.AddServer(), 8080, 80);
        await World.UntilAsync(() => world.StatusOf(forwarding) == "ACTIVE");
        await world.RouterAsync(gateway: false, inside: false);
        var off = await world.RouterAsync(gateway: false, inside: false);
        world.Parent.SetAdminState(off, up: false);
        await World.UntilAsync(() => world.Parent.PortsOf(router).All(port => world.PortStatus(port) == "ACTIVE"));
        await world.SettleAsync();
        var before = world.Picture(router);
        world.Child.ForgetRequests();
        var told = Told();

        await world.RebornAsync();

        Assert.That(world.Writes.Select(request => $"{request.Method} {request.Path}"), Is.Empty);
        Assert.That(Told(), Is.EqualTo(told), "nothing is told that is known");
        Assert.That(world.Picture(router), Is.EqualTo(before));
        Assert.That((server, world.StatusOf(ip)), Is.EqualTo((server, "ACTIVE")));
    }

    [TestCase(true, TestName = "A copy that is active again tells nothing of an address that another host leads by now, and of whose router it knows")]
    [TestCase(false, TestName = "A copy that is active again tells nothing of an address that another host leads by now, with its router")]
    public async Task A_copy_that_is_active_again_tells_nothing_old(bool stays)
    {
        var (router, _, ip) = await world.ServedAsync();

        // Another copy was the active one, has told all and brought the child to it; whoever leads the address now has told that.
        world.Silent = true;
        if (stays)
        {
            var (network, subnet) = world.AddInside("10.77.0.0/24");
            var other = world.Parent.AddRouter();
            world.Parent.MoveRouter(other, World.There);
            world.Parent.SetGateway(other, world.Outside);
            world.Parent.AddInterface(other, subnet);
            world.Parent.AssociateFloatingIp(ip, world.Parent.AddPort(network, World.There));
            world.Child.Neutron.Delete("floatingips", (string)world.ChildFloatingIp(ip)!["id"]!);
        }
        else
        {
            world.Parent.MoveRouter(router, World.There);
        }

        world.Parent.EditFloatingIp(ip, floating => floating["status"] = "ACTIVE");
        world.Silent = false;
        await Task.WhenAll(world.Of<IEnumerable<IRecovery>>().Select(one => one.RecoverAsync(default)));
        await world.CompareAsync();

        Assert.That(world.StatusOf(ip), Is.EqualTo("ACTIVE"));
        Assert.That(world.ChildRouter(router), stays ? Is.Not.Null : Is.Null);
    }

    [TestCase(10)]
    [TestCase(100)]
    public async Task What_a_comparison_costs_does_not_grow_with_the_routers_while_nothing_differs(int count)
    {
        world.Child.Neutron.SetQuota(world.Project, "router", -1);
        for (var number = 0; number < count; number++)
        {
            var (_, subnet) = world.AddInside($"10.{number + 20}.0.0/24");
            var router = world.Parent.AddRouter();
            world.Parent.MoveRouter(router, World.Here);
            world.Parent.AddInterface(router, subnet);
        }

        await world.SettleAsync(TimeSpan.FromMinutes(2));
        await World.UntilAsync(() => world.Parent.CountPorts(port => (string?)port["device_owner"] == "network:router_interface" && (string?)port["status"] == "ACTIVE") == count);
        await world.DieAsync();
        world.Child.ForgetRequests();
        var asked = world.Parent.Calls.Count;

        await world.RebornAsync();

        var requests = world.Child.Requests.Count(request => request.Service == "network");
        var questions = world.Parent.Calls.Count - asked;
        await TestContext.Out.WriteLineAsync($"{count} routers: {requests} requests to the child, {questions} to the parent");
        Assert.That(requests, Is.LessThanOrEqualTo(8));
        Assert.That(questions, Is.LessThanOrEqualTo(2 + ((count + 31) / 32)));
    }

    [Test]
    public async Task What_became_active_while_nobody_looked_is_told_at_the_start()
    {
        await world.RouterAsync();
        world.Child.Neutron.Hold("floatingips");
        var ip = world.Parent.AddFloatingIp(world.Outside, world.AddServer());
        await world.SettleAsync();
        await world.DieAsync();
        world.Child.Neutron.Release("floatingips");

        await world.RebornAsync();

        Assert.That(world.StatusOf(ip), Is.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task What_changed_in_the_parent_while_nobody_heard_is_done_at_the_start()
    {
        var (router, server, ip) = await world.ServedAsync();
        var gone = await world.RouterAsync(gateway: false, inside: false);
        await world.DieAsync();
        var (_, subnet) = world.AddInside("10.20.0.0/24");
        world.Parent.EditRouter(router, of => of["name"] = "renamed");
        world.Parent.AddInterface(router, subnet);
        world.Parent.SetRoutes(router, ("10.97.0.0/16", "10.20.0.7"));
        world.Parent.DisassociateFloatingIp(ip);
        var next = world.Parent.AddFloatingIp(world.Outside, server);
        world.Parent.SetAdminState(gone, up: false);

        await world.RebornAsync();
        await World.UntilAsync(() => world.StatusOf(next) == "ACTIVE");

        Assert.Multiple(() =>
        {
            Assert.That((string?)world.ChildRouter(router)!["name"], Is.EqualTo("renamed"));
            Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(2));
            Assert.That(world.ChildRouter(router)!["routes"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(world.ChildFloatingIp(ip), Is.Null);
            Assert.That(world.StatusOf(ip), Is.EqualTo("DOWN"));
            Assert.That((bool)world.ChildRouter(gone)!["admin_state_up"]!, Is.False);
        });
    }

    [Test]
    public async Task A_router_of_ours_that_is_nobody_s_is_switched_off_at_once_and_goes_after_the_grace_time()
    {
        var (router, _, _) = await world.ServedAsync();
        await world.DieAsync();
        world.Parent.MoveRouter(router, World.There);

        await world.RebornAsync();
        Assert.That((bool)world.ChildRouter(router)!["admin_state_up"]!, Is.False, "its addresses may be another child's by now");
        Assert.That((await world.ListAsync()).Routers.Single().Note, Does.Contain("no such router on this host"));

        await world.ReapAsync();
        Assert.That(world.Child.Neutron.Routers, Is.Empty);
        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
    }

    [Test]
    public async Task What_the_child_does_not_let_go_of_keeps_nothing_from_the_others()
    {
        var (router, _, _) = await world.ServedAsync();
        await world.DieAsync();
        world.Parent.MoveRouter(router, World.There);
        var stays = (string)world.ChildRouter(router)!["id"]!;
        var loose = (string)world.Child.Neutron.Make("ports", world.Project, new()
        {
            ["network_id"] = world.ChildNetwork(world.Inside), ["description"] = $"cascade:{Guid.NewGuid()}", ["device_owner"] = "network:router_interface",
        })["id"]!;
        world.Child.On("PUT", $"/routers/{stays}").Fail(1000, 409);
        world.Child.On("DELETE", $"/ports/{loose}").Fail(1000, 409);

        await world.RebornAsync();
        var other = await world.RouterAsync(inside: false);

        Assert.That(world.ChildGateway(other), Has.Count.EqualTo(1));
        Assert.That(world.ChildRouter(router), Is.Not.Null);
        world.Child.Heal();
        await world.CompareAsync();
        Assert.That((bool)world.ChildRouter(router)!["admin_state_up"]!, Is.False);
    }

    [Test]
    public async Task What_an_earlier_life_took_away_and_did_not_tell_is_told_by_the_next_one()
    {
        var (_, server, ip) = await world.ServedAsync();
        await world.DieAsync();
        world.Parent.DisassociateFloatingIp(ip);
        world.Child.Neutron.Vanish("floatingips", (string)world.ChildFloatingIp(ip)!["id"]!);
        Assert.That(world.StatusOf(ip), Is.EqualTo("ACTIVE"));

        await world.RebornAsync();

        Assert.That(world.StatusOf(ip), Is.EqualTo("DOWN"));
        Assert.That(world.ChildPort(server), Is.Not.Null);
    }

    [Test]
    public async Task One_that_comes_back_within_the_grace_time_is_as_it_was()
    {
        var (router, _, ip) = await world.ServedAsync();
        var before = world.Picture(router);
        await world.DieAsync();
        world.Parent.MoveRouter(router, World.There);
        await world.RebornAsync();

        world.Parent.MoveRouter(router, World.Here);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE" && world.Picture(router) == before);
        await world.ReapAsync();

        Assert.That(world.ChildRouter(router), Is.Not.Null);
    }

    [Test]
    public async Task One_that_is_about_to_leave_and_is_here_after_all_stays()
    {
        var (router, _, ip) = await world.ServedAsync();
        var before = world.Picture(router);
        world.Child.On("DELETE", "/floatingips/*").Fail(int.MaxValue, 500);
        world.Parent.MoveRouter(router, World.There);
        await World.UntilAsync(() => world.Trouble(router).Length > 0);
        world.Silent = true;
        world.Parent.MoveRouter(router, World.Here);
        world.Silent = false;

        await world.ResyncAsync();
        world.Child.Heal();

        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE" && world.Trouble(router).Length == 0);
        Assert.That(world.Picture(router), Is.EqualTo(before));
    }

    [Test]
    public async Task What_is_not_ours_is_never_touched_whatever_it_says()
    {
        var (router, _, ip) = await world.ServedAsync();
        var foreign = new[]
        {
            ("routers", world.Child.Neutron.Make("routers", "tenant", new() { ["name"] = "theirs", ["description"] = $"cascade:{router}" })),
            ("routers", world.Child.Neutron.Make("routers", "tenant", new() { ["name"] = "theirs", ["description"] = $"cascade:{Guid.NewGuid():D}" })),
            ("routers", world.Child.Neutron.Make("routers", world.Project, new() { ["name"] = "an operator's, in our project" })),
            ("floatingips", world.Child.Neutron.Make("floatingips", "tenant", new() { ["floating_network_id"] = world.ChildOutside, ["description"] = $"cascade:{ip}" })),
            ("floatingips", world.Child.Neutron.Make("floatingips", "tenant", new() { ["floating_network_id"] = world.ChildOutside, ["description"] = $"cascade:{Guid.NewGuid():D}" })),
            ("floatingips", world.Child.Neutron.Make("floatingips", world.Project, new() { ["floating_network_id"] = world.ChildOutside })),
        };

        await world.RebornAsync();
        await world.ReapAsync();
        world.Parent.MoveRouter(router, World.There);
        await world.SettleAsync();

        foreach (var (path, before) in foreign)
        {
            Assert.That(world.Child.Neutron.Find(path, (string)before["id"]!)?.ToJsonString(), Is.EqualTo(before.ToJsonString()));
        }

        Assert.That(world.ChildRouter(router), Is.Null);
    }

    [Test]
    public async Task What_an_operator_of_the_child_changes_is_put_right()
    {
        var (router, _, ip) = await world.ServedAsync();
        world.Parent.SetRoutes(router, ("10.97.0.0/16", "10.10.0.7"));
        world.Parent.AddConntrackHelper(router);
        await world.SettleAsync();
        var before = world.Picture(router);
        var id = (string)world.ChildRouter(router)!["id"]!;
        world.Child.Neutron.Alter("routers", id, new() { ["name"] = "mine", ["routes"] = new System.Text.Json.Nodes.JsonArray() });
        world.Child.Neutron.Delete("floatingips", (string)world.ChildFloatingIp(ip)!["id"]!);
        world.Child.Neutron.Alter("routers", id, new()
        {
            ["external_gateway_info"] = new System.Text.Json.Nodes.JsonObject
            {
                ["network_id"] = world.ChildOutside, ["enable_snat"] = false, ["external_fixed_ips"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["ip_address"] = "203.0.113.222" }),
            },
        });
        world.Child.Neutron.RemoveInterface(id, (string)world.ChildInterfaces(router).Single()["id"]!);

        await world.CompareAsync();

        Assert.That(world.Picture(router), Is.EqualTo(before));
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
    }

    [Test]
    public async Task A_router_that_somebody_deleted_in_the_child_is_made_again_whole()
    {
        var (router, _, ip) = await world.ServedAsync();
        var before = world.Picture(router);
        world.Child.Neutron.Vanish("routers", (string)world.ChildRouter(router)!["id"]!);

        await world.CompareAsync();
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE" && world.ChildRouter(router) is not null && world.Picture(router) == before);

        Assert.That(world.Child.Neutron.FloatingIps, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_floating_ip_of_ours_that_leads_nowhere_in_either_cloud_is_taken_away()
    {
        var (_, server, ip) = await world.ServedAsync();
        await world.DieAsync();
        world.Parent.DisassociateFloatingIp(ip);
        world.Child.Neutron.Vanish("ports", (string)world.ChildPort(server)!["id"]!);
        Assert.That((string?)world.ChildFloatingIp(ip)!["router_id"], Is.Null, "the child let go of it");

        await world.RebornAsync();

        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty, "it holds an address that the parent may give away");
    }

    [Test]
    public async Task A_port_of_ours_that_no_router_took_stands_in_no_interface_s_way()
    {
        var router = await world.RouterAsync(inside: false);
        world.Child.On("PUT", "/routers/*/add_router_interface").DropBefore(1);
        world.Parent.AddInterface(router, world.Subnet);
        await World.UntilAsync(() => world.Child.Neutron.Ports.Any(port => (string?)port["device_owner"] == "network:router_interface" && (string?)port["device_id"] == ""));
        await world.DieAsync();
        world.Parent.RemoveInterface(router, world.Subnet);
        foreach (var attached in world.ChildInterfaces(router))
        {
            world.Child.Neutron.Change("ports", (string)attached["id"]!, members => members["device_id"] = "");
        }

        var again = world.Parent.AddInterface(router, world.Subnet);
        await world.RebornAsync();
        await World.UntilAsync(() => world.PortStatus(again) == "ACTIVE");

        Assert.That(world.Child.Neutron.Ports.Count(port => (string?)port["device_owner"] == "network:router_interface"), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_two_that_stand_for_one_router_the_second_is_switched_off_and_goes()
    {
        var (router, _, ip) = await world.ServedAsync();
        var before = world.Picture(router);
        var first = (string)world.ChildRouter(router)!["id"]!;
        var second = (string)world.Child.Neutron.Make("routers", world.Project, new() { ["name"] = "router", ["description"] = $"cascade:{router}" })["id"]!;
        world.Child.Neutron.Change("routers", first, _ => { });

        await world.CompareAsync();
        Assert.That((bool)world.Child.Neutron.Find("routers", second)!["admin_state_up"]!, Is.False);
        await world.ReapAsync();

        Assert.That(world.Child.Neutron.Find("routers", second), Is.Null);
        Assert.That(world.Picture(router), Is.EqualTo(before));
        Assert.That(world.StatusOf(ip), Is.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task The_lists_say_what_is_linked_missing_or_different()
    {
        var (linked, server, ip) = await world.ServedAsync();
        var drifted = await world.RouterAsync(inside: false);
        var missing = await world.RouterAsync(gateway: false, inside: false);
        var waiting = world.Parent.AddFloatingIp(world.Outside, world.AddServer(mirrored: false));
        await world.SettleAsync();
        world.Child.Neutron.Change("routers", (string)world.ChildRouter(drifted)!["id"]!, members => members["name"] = "mine");
        world.Child.Neutron.Vanish("routers", (string)world.ChildRouter(missing)!["id"]!);
        await world.DieAsync();
        world.Child.ForgetRequests();

        var (routers, ips) = await world.ListAsync();
        var notes = routers.ToDictionary(row => row.Uuid, row => row.Note);

        Assert.Multiple(() =>
        {
            Assert.That(notes[linked], Does.StartWith("not whole").And.Contain(waiting), "one of its floating IPs waits");
            Assert.That(notes[drifted], Does.StartWith("drift").And.Contain("name"));
            Assert.That(notes[missing], Is.EqualTo("missing in the child"));
            Assert.That(ips.Single(row => row.Uuid == ip).Note, Is.EqualTo("linked"));
            Assert.That(ips.Single(row => row.Uuid == waiting).Note, Is.EqualTo("waits for its port"));
            Assert.That(world.Writes, Is.Empty, "who lists changes nothing");
            Assert.That(server, Is.Not.Null);
        });
    }

    int Told() => world.Parent.CallsOf("update_floatingip_statuses").Count + world.Parent.CallsOf("update_device_list").Count;
}
