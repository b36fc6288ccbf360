using System.Text.Json.Nodes;
using Cascade.L3Proxy.Routers;

namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>Floating IPs of ports that are bound nowhere, such as an address that servers share: the child has a placeholder for each.</summary>
public sealed class PlaceholderFlowTest : WorldTest
{
    [Test]
    public async Task It_leads_to_a_port_of_ours_with_the_parents_MAC_and_address()
    {
        var (_, shared, ip) = await SharedAsync();

        var made = world.ChildPort(shared)!;
        Assert.That(
            ((string?)made["device_owner"], (string?)made["project_id"], (string?)made["mac_address"], World.Addresses(made)[0], (string?)made["binding:host_id"] ?? ""),
            Is.EqualTo(("network:cascade_placeholder", world.Project, (string?)world.Parent.Port(shared)!["mac_address"], World.Addresses(world.Parent.Port(shared))[0], "")));
        Assert.That((string?)world.ChildFloatingIp(ip)!["port_id"], Is.EqualTo((string?)made["id"]));
        Assert.That(Placeholders, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Ports_that_are_forwarded_lead_there_too()
    {
        await world.RouterAsync();
        var ip = world.Parent.AddFloatingIp(world.Outside);
        var shared = world.Parent.AddPort(world.Inside);
        world.Parent.AddPortForwarding(ip, shared, 8080, 80);

        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        await World.UntilAsync(() => world.Child.Neutron.PortForwardingsOf((string)world.ChildFloatingIp(ip)!["id"]!).Count == 1);
        Assert.That(Placeholders, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task It_goes_with_the_floating_IP()
    {
        var (_, _, ip) = await SharedAsync();

        world.Parent.DisassociateFloatingIp(ip);

        await World.UntilAsync(() => Placeholders.Count == 0);
        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
    }

    [Test]
    public async Task It_goes_with_the_router_and_comes_with_it()
    {
        var (router, _, ip) = await SharedAsync();

        world.Parent.MoveRouter(router, World.There);
        await World.UntilAsync(() => world.Child.Neutron.Routers.Count == 0 && Placeholders.Count == 0);

        world.Parent.MoveRouter(router, World.Here);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE" && Placeholders.Count == 1);
    }

    [Test]
    public async Task Another_address_of_the_port_is_another_one_in_the_child()
    {
        var (_, shared, ip) = await SharedAsync();
        world.Parent.DisassociateFloatingIp(ip);
        await World.UntilAsync(() => Placeholders.Count == 0);
        world.Parent.EditPort(shared, port => port["fixed_ips"]![0]!["ip_address"] = "10.10.0.99");
        world.Parent.AssociateFloatingIp(ip, shared);

        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        Assert.That(World.Addresses(world.ChildPort(shared)), Is.EqualTo(new[] { "10.10.0.99" }));
    }

    [Test]
    public async Task Addresses_that_change_while_it_is_led_to_are_found_by_a_comparison()
    {
        var (_, shared, _) = await SharedAsync();
        world.Silent = true;
        world.Parent.EditPort(shared, port => port["fixed_ips"]!.AsArray().Add(new JsonObject { ["subnet_id"] = world.Subnet, ["ip_address"] = "10.10.0.99" }));
        world.Silent = false;

        await world.CompareAsync();

        Assert.That(World.Addresses(world.ChildPort(shared)), Does.Contain("10.10.0.99"));
    }

    [Test]
    public async Task A_port_that_is_bound_here_meanwhile_is_L2_Proxys_and_the_floating_IP_leads_to_that()
    {
        var (_, shared, ip) = await SharedAsync();
        world.Parent.EditPort(shared, Bind(World.Here));
        world.Child.Neutron.Delete("ports", (string)world.ChildPort(shared)!["id"]!);
        var plugged = world.Plug(shared);

        await world.WatchAsync();

        await World.UntilAsync(() => (string?)world.ChildFloatingIp(ip)?["port_id"] == plugged && world.StatusOf(ip) == "ACTIVE");
        Assert.That(Placeholders, Is.Empty);
    }

    [Test]
    public async Task One_that_goes_before_the_floating_IP_was_up_is_missed_at_once()
    {
        await world.RouterAsync();
        var making = world.Child.On("POST", "/floatingips").HoldAfter();
        var shared = world.Parent.AddPort(world.Inside);
        var ip = world.Parent.AddFloatingIp(world.Outside, shared);
        await making.Arrived;
        world.Child.Neutron.SetFloatingIpStatus((string)world.ChildFloatingIp(ip)!["id"]!, "DOWN");
        making.Release();
        await World.UntilAsync(() => world.Of<RouterBook>().All.Any(entry => entry.FloatingIps.GetValueOrDefault(ip) is { ChildId: not null }));

        world.Silent = true;
        world.Parent.EditPort(shared, Bind(World.Here));
        world.Child.Neutron.Delete("ports", (string)world.ChildPort(shared)!["id"]!);
        var plugged = world.Plug(shared);

        await World.UntilAsync(() => (string?)world.ChildFloatingIp(ip)?["port_id"] == plugged && world.StatusOf(ip) == "ACTIVE");
    }

    [Test]
    public async Task Until_L2_Proxy_has_made_its_own_the_placeholder_goes_on()
    {
        var (_, shared, ip) = await SharedAsync();
        world.Parent.EditPort(shared, Bind(World.Here));

        await world.CompareAsync();

        Assert.That((world.StatusOf(ip), Placeholders.Count), Is.EqualTo(("ACTIVE", 1)));
    }

    [Test]
    public async Task A_port_that_is_bound_in_another_child_meanwhile_cannot_be_reached_from_here()
    {
        var (router, shared, ip) = await SharedAsync();
        world.Parent.EditPort(shared, Bind(World.There));

        await world.CompareAsync();

        await World.UntilAsync(() => world.StatusOf(ip) == "ERROR" && Placeholders.Count == 0);
        Assert.That(world.Trouble(router), Does.Contain(World.There));
    }

    [Test]
    public async Task A_server_that_is_shelved_keeps_its_floating_IP()
    {
        var (_, server, ip) = await world.ServedAsync();
        world.Parent.EditPort(server, Bind(""));
        world.Child.Neutron.Delete("ports", (string)world.ChildPort(server)!["id"]!);

        await world.WatchAsync();

        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE" && Placeholders.Count == 1);
    }

    [Test]
    public async Task A_new_life_changes_nothing_and_takes_away_what_nothing_leads_to()
    {
        var (_, shared, ip) = await SharedAsync();
        var before = world.Writes.Count;
        await world.RebornAsync();
        Assert.That(world.Writes.Skip(before), Is.Empty);

        await world.DieAsync();
        world.Parent.DeleteFloatingIp(ip);
        world.Parent.DeletePort(shared);
        await world.RebornAsync();

        await World.UntilAsync(() => Placeholders.Count == 0 && world.Child.Neutron.FloatingIps.Count == 0);
    }

    [Test]
    public async Task One_that_somebody_in_the_child_takes_away_is_made_anew()
    {
        var (_, shared, ip) = await SharedAsync();
        world.Child.Neutron.Delete("ports", (string)world.ChildPort(shared)!["id"]!);

        await world.WatchAsync();

        await World.UntilAsync(() => Placeholders.Count == 1 && (string?)world.ChildFloatingIp(ip)?["port_id"] == (string?)world.ChildPort(shared)?["id"] && world.StatusOf(ip) == "ACTIVE");
    }

    [Test]
    public async Task A_lost_answer_makes_none_twice()
    {
        await world.RouterAsync();
        var rule = world.Child.On("POST", "/ports").DropAfter();
        var shared = world.Parent.AddPort(world.Inside);
        var ip = world.Parent.AddFloatingIp(world.Outside, shared);

        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        Assert.That((rule.Hits, Placeholders.Count), Is.EqualTo((1, 1)));
    }

    [TestCase(500)]
    [TestCase(503)]
    [TestCase(409)]
    public async Task One_that_fails_for_a_while_is_made_after_all(int status)
    {
        await world.RouterAsync();
        world.Child.On("POST", "/ports").Fail(2, status);
        var ip = world.Parent.AddFloatingIp(world.Outside, world.Parent.AddPort(world.Inside));

        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        Assert.That(Placeholders, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_quota_refuses_it_until_it_is_raised()
    {
        var router = await world.RouterAsync();
        world.Child.Neutron.SetQuota(world.Project, "port", 1);
        var ip = world.Parent.AddFloatingIp(world.Outside, world.Parent.AddPort(world.Inside));
        await World.UntilAsync(() => world.StatusOf(ip) == "ERROR");
        Assert.That(world.Trouble(router), Does.Contain("Quota exceeded").And.Contain("bound nowhere"));

        world.Child.Neutron.SetQuota(world.Project, "port", 10);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
    }

    [Test]
    public async Task Removing_it_that_fails_is_tried_again()
    {
        var (_, _, ip) = await SharedAsync();
        world.Child.On("DELETE", "/ports/*").Fail(2, 500);

        world.Parent.DeleteFloatingIp(ip);

        await World.UntilAsync(() => Placeholders.Count == 0);
    }

    [Test]
    public async Task An_address_that_the_parent_gave_to_another_port_is_let_go_of()
    {
        var (_, shared, first) = await SharedAsync();
        var address = World.Addresses(world.Parent.Port(shared))[0];
        world.Silent = true;
        world.Parent.DeleteFloatingIp(first);
        world.Parent.DeletePort(shared);
        world.Silent = false;
        var next = world.Parent.AddPort(world.Inside, edit: port => port["fixed_ips"]![0]!["ip_address"] = address);
        var second = world.Parent.AddFloatingIp(world.Outside, next);

        await World.UntilAsync(() => world.StatusOf(second) == "ACTIVE");
        Assert.That(Placeholders, Has.Count.EqualTo(1));
    }

    IReadOnlyList<JsonObject> Placeholders => [.. world.Child.Neutron.Ports.Where(port => (string?)port["device_owner"] == "network:cascade_placeholder")];

    async Task<(string Router, string Port, string FloatingIp)> SharedAsync()
    {
        var router = await world.RouterAsync();
        var port = world.Parent.AddPort(world.Inside);
        var ip = world.Parent.AddFloatingIp(world.Outside, port);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        await world.SettleAsync();
        return (router, port, ip);
    }

    static Action<JsonObject> Bind(string host) => port => (port["binding:host_id"], port["binding:vif_type"]) = (host, host.Length > 0 ? "ovs" : "unbound");
}
