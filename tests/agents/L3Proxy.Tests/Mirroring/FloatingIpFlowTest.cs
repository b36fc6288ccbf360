namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>Floating IPs from end to end: the parent says ACTIVE when the child does, and only then.</summary>
public sealed class FloatingIpFlowTest : WorldTest
{
    [TearDown]
    public void Release() => world.Child.Neutron.Release("floatingips");

    [Test]
    public async Task One_leads_to_its_server_with_the_same_address_and_is_active_once_and_when_the_child_says_so()
    {
        await world.RouterAsync();
        var server = world.AddServer();
        world.Child.Neutron.Hold("floatingips");

        var ip = world.Parent.AddFloatingIp(world.Outside, server);
        await world.SettleAsync();
        var seen = world.ChildFloatingIp(ip)!;
        Assert.That((string?)seen["floating_ip_address"], Is.EqualTo((string?)world.Parent.FloatingIp(ip)!["floating_ip_address"]));
        Assert.That((string?)seen["port_id"], Is.EqualTo((string?)world.ChildPort(server)!["id"]));
        Assert.That((string?)seen["fixed_ip_address"], Is.EqualTo((string?)world.Parent.FloatingIp(ip)!["fixed_ip_address"]));
        Assert.That(world.Parent.StatusesOf(ip), Has.None.EqualTo("ACTIVE"), "the child has not said so");

        world.Child.Neutron.Release("floatingips");
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        await world.CompareAsync();
        await world.WatchAsync();

        Assert.That(world.Parent.StatusesOf(ip).Count(status => status == "ACTIVE"), Is.EqualTo(1), "told once");
    }

    [Test]
    public async Task One_that_the_child_cannot_bring_up_is_in_error()
    {
        await world.RouterAsync();
        world.Child.Neutron.FloatingIpsBecome = "ERROR";

        var ip = world.Parent.AddFloatingIp(world.Outside, world.AddServer());
        await World.UntilAsync(() => world.StatusOf(ip) == "ERROR");

        Assert.That(world.Parent.StatusesOf(ip), Has.None.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task One_that_goes_to_another_server_goes_there_in_the_child()
    {
        var (_, _, ip) = await world.ServedAsync();
        var id = (string)world.ChildFloatingIp(ip)!["id"]!;
        var other = world.AddServer();

        world.Parent.AssociateFloatingIp(ip, other);
        await World.UntilAsync(() => (string?)world.ChildFloatingIp(ip)!["port_id"] == (string?)world.ChildPort(other)!["id"]);

        Assert.That((string?)world.ChildFloatingIp(ip)!["id"], Is.EqualTo(id), "moved, not made anew");
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
    }

    [Test]
    public async Task Two_that_change_places_change_them_in_the_child()
    {
        var (_, first, one) = await world.ServedAsync();
        var second = world.AddServer();
        var other = world.Parent.AddFloatingIp(world.Outside, second);
        await World.UntilAsync(() => world.StatusOf(other) == "ACTIVE");
        world.Silent = true;
        world.Parent.DisassociateFloatingIp(one);
        world.Parent.AssociateFloatingIp(other, first);
        world.Silent = false;
        world.Parent.AssociateFloatingIp(one, second);

        await World.UntilAsync(() => (string?)world.ChildFloatingIp(one)?["port_id"] == (string?)world.ChildPort(second)!["id"]
            && (string?)world.ChildFloatingIp(other)?["port_id"] == (string?)world.ChildPort(first)!["id"]);
        await World.UntilAsync(() => world.StatusOf(one) == "ACTIVE" && world.StatusOf(other) == "ACTIVE");
    }

    [Test]
    public async Task One_that_goes_to_a_server_of_another_router_goes_with_it()
    {
        var (_, _, ip) = await world.ServedAsync();
        var (network, subnet) = world.AddInside("10.20.0.0/24");
        var router = await world.RouterAsync(inside: false);
        world.Parent.AddInterface(router, subnet);
        await world.SettleAsync();
        var other = world.AddServer(network);

        world.Parent.AssociateFloatingIp(ip, other);
        await World.UntilAsync(() => (string?)world.ChildFloatingIp(ip)?["router_id"] == (string?)world.ChildRouter(router)!["id"]);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        await world.SettleAsync();

        Assert.That(world.StatusOf(ip), Is.EqualTo("ACTIVE"), "the router that lost it does not speak for it");
    }

    [Test]
    public async Task One_that_the_router_before_takes_away_while_the_next_one_takes_it_over_is_there_in_the_end()
    {
        var (before, _, ip) = await world.ServedAsync();
        var (network, subnet) = world.AddInside("10.20.0.0/24");
        var router = await world.RouterAsync(inside: false);
        world.Parent.AddInterface(router, subnet);
        await world.SettleAsync();
        var other = world.AddServer(network);
        var deleting = world.Child.On("DELETE", "/floatingips/*").HoldBefore();
        world.Silent = true;
        world.Parent.AssociateFloatingIp(ip, other);
        world.Silent = false;

        world.Of<Routers.Agendas>().Router(before);
        await deleting.Arrived;
        world.Of<Routers.Agendas>().Router(router);
        await World.UntilAsync(() => world.Of<Routers.RouterBook>().Find(router)!.FloatingIps.ContainsKey(ip));
        deleting.Release();

        await World.UntilAsync(() => (string?)world.ChildFloatingIp(ip)?["router_id"] == (string?)world.ChildRouter(router)!["id"] && world.StatusOf(ip) == "ACTIVE");
        await world.SettleAsync();
        Assert.That(world.ChildFloatingIp(ip), Is.Not.Null);
    }

    [Test]
    public async Task Which_of_a_server_s_addresses_is_the_parent_s_choice()
    {
        var router = await world.RouterAsync();
        var server = world.AddServer(edit: port => port["fixed_ips"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["subnet_id"] = world.Subnet, ["ip_address"] = "10.10.0.200" }));
        var ip = world.Parent.AddFloatingIp(world.Outside, server, fixedIp: "10.10.0.200");
        await world.SettleAsync();
        Assert.That((string?)world.ChildFloatingIp(ip)!["fixed_ip_address"], Is.EqualTo("10.10.0.200"));

        var first = World.Addresses(world.Parent.Port(server))[0];
        world.Parent.AssociateFloatingIp(ip, server, first);
        await world.SettleAsync();

        Assert.That((string?)world.ChildFloatingIp(ip)!["fixed_ip_address"], Is.EqualTo(first));
        Assert.That(world.Trouble(router), Is.Empty);
    }

    [Test]
    public async Task One_that_leads_nowhere_any_more_is_gone_in_the_child_and_down_in_the_parent()
    {
        var (_, _, ip) = await world.ServedAsync();

        world.Parent.DisassociateFloatingIp(ip);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
        Assert.That(world.StatusOf(ip), Is.EqualTo("DOWN"));
    }

    [Test]
    public async Task One_that_is_deleted_is_gone_in_the_child()
    {
        var (_, _, ip) = await world.ServedAsync();

        world.Parent.DeleteFloatingIp(ip);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
    }

    [Test]
    public async Task An_address_that_is_given_to_another_one_at_once_is_its_own_then()
    {
        var (_, server, ip) = await world.ServedAsync();
        var address = (string)world.Parent.FloatingIp(ip)!["floating_ip_address"]!;

        world.Parent.DeleteFloatingIp(ip);
        var next = world.Parent.AddFloatingIp(world.Outside, server, address: address);
        await World.UntilAsync(() => world.StatusOf(next) == "ACTIVE");

        Assert.That(world.Child.Neutron.FloatingIps.Single()["description"]!.ToString(), Is.EqualTo($"cascade:{next}"));
    }

    [Test]
    public async Task An_address_that_goes_to_another_router_at_once_is_waited_for_and_not_for_long()
    {
        world.Refused = TimeSpan.FromMinutes(5);
        await world.RebornAsync();
        var (_, _, ip) = await world.ServedAsync();
        var address = (string)world.Parent.FloatingIp(ip)!["floating_ip_address"]!;
        var (network, subnet) = world.AddInside("10.20.0.0/24");
        world.Parent.AddInterface(await world.RouterAsync(inside: false), subnet);
        var server = world.AddServer(network);
        await world.SettleAsync();
        world.Child.On("DELETE", "/floatingips/*").FailOnce(500);

        world.Parent.DeleteFloatingIp(ip);
        var next = world.Parent.AddFloatingIp(world.Outside, server, address: address);
        await World.UntilAsync(() => world.StatusOf(next) == "ACTIVE");
    }

    [Test]
    public async Task The_host_that_a_router_left_does_not_contradict_the_one_that_has_it()
    {
        var (router, _, ip) = await world.ServedAsync();
        var rule = world.Child.On("DELETE", "/floatingips/*").HoldBefore();

        world.Parent.MoveRouter(router, World.There);
        await rule.Arrived;
        Assert.That(world.StatusOf(ip), Is.EqualTo("DOWN"));
        var told = world.Parent.CallsOf("update_floatingip_statuses").Count;
        rule.Release();
        await world.SettleAsync();

        Assert.That(world.Parent.CallsOf("update_floatingip_statuses"), Has.Count.EqualTo(told), "the other one may have said ACTIVE since");
        Assert.That(world.Child.Neutron.Routers, Is.Empty);
    }

    [Test]
    public async Task One_whose_server_is_not_in_the_child_yet_is_down_and_comes_with_it()
    {
        var router = await world.RouterAsync();
        var server = world.AddServer(mirrored: false);
        var ip = world.Parent.AddFloatingIp(world.Outside, server);
        await world.SettleAsync();
        Assert.That(world.ChildFloatingIp(ip), Is.Null);
        Assert.That(world.StatusOf(ip), Is.EqualTo("DOWN"));
        Assert.That(world.Trouble(router), Does.Contain(server));

        world.Plug(server);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");

        Assert.That(world.Trouble(router), Is.Empty);
    }

    [Test]
    public async Task One_of_a_server_on_another_host_is_in_error_with_the_reason()
    {
        var router = await world.RouterAsync();
        var server = world.AddServer(host: World.There);
        var ip = world.Parent.AddFloatingIp(world.Outside, server);
        await world.SettleAsync();

        Assert.That(world.StatusOf(ip), Is.EqualTo("ERROR"));
        Assert.That(world.Trouble(router), Does.Contain(ip).And.Contain(World.There));
        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
    }

    [Test]
    public async Task One_of_an_external_network_that_is_not_declared_is_in_error_with_the_reason()
    {
        var (stranger, _) = world.AddOutside("198.51.100.0/24", declared: false);
        var router = await world.RouterAsync(gateway: false);
        world.Parent.SetGateway(router, stranger);
        var ip = world.Parent.AddFloatingIp(stranger, world.AddServer());
        await world.SettleAsync();

        Assert.That(world.StatusOf(ip), Is.EqualTo("ERROR"));
        Assert.That(world.Trouble(router), Does.Contain(stranger));
        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
    }

    [Test]
    public async Task One_of_an_external_network_that_is_declared_no_longer_is_in_error()
    {
        var (router, _, ip) = await world.ServedAsync();
        world.External.Clear();
        await world.RebornAsync();

        Assert.That(world.StatusOf(ip), Is.EqualTo("ERROR"));
        Assert.That(world.Trouble(router), Does.Contain("external_networks"));
    }

    [Test]
    public async Task One_that_goes_down_in_the_child_is_down_in_the_parent_and_up_again()
    {
        var (_, _, ip) = await world.ServedAsync();
        var id = (string)world.ChildFloatingIp(ip)!["id"]!;

        world.Child.Neutron.SetFloatingIpStatus(id, "DOWN");
        await world.WatchAsync();
        await World.UntilAsync(() => world.StatusOf(ip) == "DOWN");

        world.Child.Neutron.SetFloatingIpStatus(id, "ACTIVE");
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
    }

    [Test]
    public async Task One_whose_server_leaves_the_child_is_down_and_leads_to_it_when_it_is_back()
    {
        var (_, server, ip) = await world.ServedAsync();
        world.Child.Neutron.Vanish("ports", (string)world.ChildPort(server)!["id"]!);

        await world.WatchAsync();
        await World.UntilAsync(() => world.StatusOf(ip) == "DOWN");

        world.Plug(server);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        Assert.That(world.Child.Neutron.FloatingIps, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Ports_are_forwarded_single_and_in_ranges_and_no_longer()
    {
        await world.RouterAsync();
        var server = world.AddServer();
        var ip = world.Parent.AddFloatingIp(world.Outside);
        var web = world.Parent.AddPortForwarding(ip, server, 8080, 80);
        await World.UntilAsync(() => Forwardings(ip).Count == 1);
        Assert.That(Forwardings(ip), Is.EqualTo(new[] { "tcp 8080:8080 80:80" }));
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");

        world.Parent.AddPortForwarding(ip, server, 0, 0, "udp", one =>
        {
            (one["external_port"], one["internal_port"]) = (null, null);
            (one["external_port_range"], one["internal_port_range"]) = ("5000:5009", "6000:6009");
        });
        await World.UntilAsync(() => Forwardings(ip).Count == 2);
        Assert.That(Forwardings(ip), Does.Contain("udp 5000:5009 6000:6009"));

        world.Parent.EditPortForwarding(web, one => (one["internal_port"], one["internal_port_range"]) = (81, "81:81"));
        await World.UntilAsync(() => Forwardings(ip).Contains("tcp 8080:8080 81:81"));

        world.Parent.DeletePortForwarding(web);
        await World.UntilAsync(() => Forwardings(ip).Count == 1);
        Assert.That(Forwardings(ip), Is.EqualTo(new[] { "udp 5000:5009 6000:6009" }));
    }

    [Test]
    public async Task A_port_of_another_host_to_which_is_forwarded_is_refused_and_the_others_are_reached()
    {
        var (router, _, ip, _) = await ForwardedAsync();
        world.Parent.AddPortForwarding(ip, world.AddServer(host: World.There), 2222, 22);

        await World.UntilAsync(() => world.Trouble(router).Contains("cannot reach into another one", StringComparison.Ordinal));

        Assert.That(Forwardings(ip), Has.Count.EqualTo(1));
        Assert.That(world.StatusOf(ip), Is.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task After_the_last_forwarding_the_floating_ip_is_gone_in_the_child()
    {
        var (router, _, ip, forwarding) = await ForwardedAsync();

        world.Parent.DeletePortForwarding(forwarding);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
        Assert.That(world.StatusOf(ip), Is.EqualTo("DOWN"));
        Assert.That(world.Trouble(router), Is.Empty);
    }

    [Test]
    public async Task One_that_forwards_is_deleted_with_all_that_it_forwards()
    {
        var (router, _, ip, _) = await ForwardedAsync();

        world.Parent.DeleteFloatingIp(ip);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
        Assert.That(world.Trouble(router), Is.Empty);
    }

    [Test]
    public async Task One_that_forwarded_and_now_leads_to_one_port_and_back()
    {
        var (_, server, ip, forwarding) = await ForwardedAsync();
        world.Silent = true;
        world.Parent.DeletePortForwarding(forwarding);
        world.Silent = false;

        world.Parent.AssociateFloatingIp(ip, server);
        await World.UntilAsync(() => (string?)world.ChildFloatingIp(ip)?["port_id"] == (string?)world.ChildPort(server)!["id"]);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");

        world.Silent = true;
        world.Parent.DisassociateFloatingIp(ip);
        world.Silent = false;
        world.Parent.AddPortForwarding(ip, server, 2222, 22);
        await World.UntilAsync(() => world.ChildFloatingIp(ip) is not null && Forwardings(ip).Contains("tcp 2222:2222 22:22"));
    }

    [Test]
    public async Task A_router_that_forwards_leaves_with_what_it_forwards()
    {
        var (router, _, _, _) = await ForwardedAsync();

        world.Parent.MoveRouter(router, World.There);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
        Assert.That(world.Child.Neutron.Routers, Is.Empty);
    }

    [Test]
    public async Task A_child_that_forwards_nothing_refuses_and_says_so()
    {
        world.Child.Neutron.SwitchOff("floating-ip-port-forwarding");
        await world.RebornAsync();
        var router = await world.RouterAsync();
        var ip = world.Parent.AddFloatingIp(world.Outside);
        world.Parent.AddPortForwarding(ip, world.AddServer(), 8080, 80);
        await World.UntilAsync(() => world.Trouble(router).Contains("forwards no ports", StringComparison.Ordinal));

        Assert.That(world.Parent.StatusesOf(ip), Has.None.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task An_address_that_somebody_in_the_child_has_is_refused_and_taken_when_it_is_free()
    {
        var router = await world.RouterAsync();
        var foreign = (string)world.Child.Neutron.Make("floatingips", "tenant", new() { ["floating_network_id"] = world.ChildOutside, ["floating_ip_address"] = "203.0.113.66" })["id"]!;
        var ip = world.Parent.AddFloatingIp(world.Outside, world.AddServer(), address: "203.0.113.66");
        await world.SettleAsync();
        Assert.That(world.StatusOf(ip), Is.EqualTo("ERROR"));
        Assert.That(world.Trouble(router), Does.Contain("203.0.113.66"));
        Assert.That(world.Child.Neutron.Find("floatingips", foreign), Is.Not.Null, "not ours");

        world.Child.Neutron.Delete("floatingips", foreign);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
    }

    async Task<(string Router, string Server, string FloatingIp, string Forwarding)> ForwardedAsync()
    {
        var router = await world.RouterAsync();
        var server = world.AddServer();
        var ip = world.Parent.AddFloatingIp(world.Outside);
        var forwarding = world.Parent.AddPortForwarding(ip, server, 8080, 80);
        await World.UntilAsync(() => Forwardings(ip).Count == 1);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        await world.SettleAsync();
        return (router, server, ip, forwarding);
    }

    IReadOnlyList<string> Forwardings(string ip) => world.ChildFloatingIp(ip) is not { } seen ? [] :
        [.. world.Child.Neutron.PortForwardingsOf((string)seen["id"]!).Select(one => $"{one["protocol"]} {one["external_port_range"]} {one["internal_port_range"]}")];
}
