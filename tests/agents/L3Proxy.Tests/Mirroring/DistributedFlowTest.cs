using System.Text.Json.Nodes;
using Cascade.Support.Parent;

namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>Distributed routers: each host has its part, and no two of them hold one address.</summary>
public sealed class DistributedFlowTest : WorldTest
{
    protected override string Mode => "dvr_snat";

    [Test]
    public async Task One_whose_part_with_snat_is_here_has_its_own_address()
    {
        var router = await DistributedAsync(World.Here);

        Assert.That(world.ChildGateway(router), Is.EqualTo(World.Addresses(world.Parent.Port((string)world.Parent.Router(router)!["gw_port_id"]!))));
        Assert.That(world.Parent.CallsOf("get_agent_gateway_port"), Is.Empty);
    }

    [Test]
    public async Task One_whose_part_with_snat_is_elsewhere_gets_out_by_an_address_that_the_parent_sets_aside_here()
    {
        world.AddServer();
        var router = await DistributedAsync(World.There);

        var own = Reserved(router).Single();
        Assert.That((string?)own["binding:host_id"], Is.EqualTo(World.Here));
        Assert.That(world.ChildGateway(router), Is.EqualTo(World.Addresses(own)));
        Assert.That(world.ChildGateway(router), Is.Not.EqualTo(World.Addresses(world.Parent.Port((string)world.Parent.Router(router)!["gw_port_id"]!))), "two clouds must not hold one address");
        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
        await World.UntilAsync(() => world.PortStatus((string)own["id"]!) == "ACTIVE");

        await world.RebornAsync();
        Assert.That(Reserved(router), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Two_of_them_have_two_addresses_and_floating_ips_of_both_lead_to_servers_here()
    {
        var (network, subnet) = world.AddInside("10.20.0.0/24");
        var (one, other) = (world.AddServer(), world.AddServer(network));
        var (first, second) = (await DistributedAsync(World.There), await DistributedAsync(World.There, subnet));

        Assert.That(world.ChildGateway(first), Has.Count.EqualTo(1));
        Assert.That(world.ChildGateway(second), Has.Count.EqualTo(1));
        Assert.That(world.ChildGateway(second), Is.Not.EqualTo(world.ChildGateway(first)));
        foreach (var (router, server) in new[] { (first, one), (second, other) })
        {
            var ip = world.Parent.AddFloatingIp(world.Outside, server, edit: of => of["host"] = World.Here);
            Tell(router);
            await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        }
    }

    [Test]
    public async Task The_address_is_given_back_when_the_gateway_goes()
    {
        world.AddServer();
        var router = await DistributedAsync(World.There);

        world.Parent.ClearGateway(router);
        Tell(router);
        await World.UntilAsync(() => Reserved(router).Count == 0);

        Assert.That(world.ChildGateway(router), Is.Empty);
        Assert.That(world.ChildRouter(router), Is.Not.Null);
    }

    [Test]
    public async Task The_address_is_given_back_when_the_part_with_snat_comes_here()
    {
        world.AddServer();
        var router = await DistributedAsync(World.There);

        world.Parent.MoveRouter(router, World.Here);
        Tell(router);
        await World.UntilAsync(() => Reserved(router).Count == 0);

        Assert.That(world.ChildGateway(router), Is.EqualTo(World.Addresses(world.Parent.Port((string)world.Parent.Router(router)!["gw_port_id"]!))));
    }

    [Test]
    public async Task The_address_of_one_that_was_deleted_while_nobody_listened_is_given_back_after_the_reaper_took_what_stood_for_it()
    {
        world.AddServer();
        var router = await DistributedAsync(World.There);
        await world.DieAsync();
        world.Parent.RemoveInterface(router, world.Subnet);
        world.Parent.DeleteRouter(router);

        await world.RebornAsync();
        Assert.That((bool?)world.Child.Neutron.Routers.Single()["admin_state_up"], Is.False);
        Assert.That(Reserved(router), Has.Count.EqualTo(1));

        await world.ReapAsync();
        await world.CompareAsync();
        Assert.That(world.Child.Neutron.Routers, Is.Empty);
        Assert.That(Reserved(router), Is.Empty);
    }

    [Test]
    public async Task One_that_is_centralised_and_elsewhere_when_we_come_back_is_not_asked_for()
    {
        world.AddServer();
        var router = await DistributedAsync(World.There);
        await world.DieAsync();
        world.Silent = true;
        world.Parent.EditRouter(router, of => of["distributed"] = false);
        world.Silent = false;

        await world.RebornAsync();
        await world.ReapAsync();
        await world.CompareAsync();

        // The end of each test holds that nothing was asked for.
        Assert.That(Reserved(router), Is.Empty);
        Assert.That(world.Child.Neutron.Routers, Is.Empty);
    }

    [Test]
    public async Task An_address_on_a_network_that_the_router_has_left_is_given_back_by_the_next_life()
    {
        var (elsewhere, _) = world.AddOutside("198.51.100.0/24");
        world.AddServer();
        var router = await DistributedAsync(World.There);
        var left = world.Parent.AddPort(elsewhere, World.Here, of => (of["device_owner"], of["device_id"]) = ("network:dhcp", $"gateway-{World.Here}-{router}"));
        Assert.That(Reserved(router), Has.Count.EqualTo(2));

        await world.RebornAsync();

        await World.UntilAsync(() => world.Parent.Port(left) is null);
        Assert.That(Reserved(router).Select(World.Addresses).Single(), Is.EqualTo(world.ChildGateway(router)));
    }

    [Test]
    public async Task A_pool_that_is_exhausted_stops_one_router_and_no_other_and_is_not_asked_again_at_once()
    {
        var (network, subnet) = world.AddInside("10.20.0.0/24");
        world.AddServer(network);
        var (legacy, _, _) = await world.ServedAsync();
        world.Parent.Before = call =>
        {
            if (call.Method == "create_dhcp_port")
            {
                throw new Oslo.Wire.Failures.RpcFault("neutron_lib.exceptions", "IpAddressGenerationFailure", "No more IP addresses available on network");
            }
        };
        var router = await DistributedAsync(World.There, subnet);
        await World.UntilAsync(() => world.Trouble(router).Contains("No more IP addresses", StringComparison.Ordinal));
        Assert.That(world.ChildGateway(router), Is.Empty);
        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1), "what can be is there");

        world.Parent.EditRouter(legacy, of => of["name"] = "renamed");
        await world.CompareAsync();
        await world.CompareAsync();

        Assert.That((string?)world.ChildRouter(legacy)!["name"], Is.EqualTo("renamed"));
        Assert.That(world.Parent.CallsOf("create_dhcp_port"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Ports_are_forwarded_where_the_part_with_snat_is_and_nowhere_else()
    {
        var server = world.AddServer();
        var router = await DistributedAsync(World.Here);
        var ip = world.Parent.AddFloatingIp(world.Outside);
        world.Parent.AddPortForwarding(ip, server, 8080, 80);
        Tell(router);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");

        world.Silent = true;
        world.Parent.MoveRouter(router, World.There);
        world.Silent = false;
        Tell(router);
        await World.UntilAsync(() => world.Child.Neutron.FloatingIps.Count == 0);
        await world.SettleAsync();

        Assert.That(world.ChildRouter(router), Is.Not.Null);
    }

    [Test]
    public async Task What_is_listed_sets_nothing_aside()
    {
        world.AddServer();
        world.Silent = true;
        var router = world.Parent.AddRouter(edit: of => of["distributed"] = true);
        world.Parent.MoveRouter(router, World.There);
        world.Parent.SetGateway(router, world.Outside);
        world.Parent.AddInterface(router, world.Subnet);
        world.Silent = false;

        var (routers, _) = await world.ListAsync();

        Assert.That(routers.Single().Note, Does.Contain("set aside"));
        Assert.That(Reserved(router), Is.Empty);
    }

    [Test]
    public async Task An_address_that_the_child_does_not_let_go_of_is_not_given_back()
    {
        world.AddServer();
        var router = await DistributedAsync(World.There);
        var refusing = world.Child.On("PUT", "/routers/*").Fail(1000, 500);

        world.Parent.ClearGateway(router);
        Tell(router);
        await World.UntilAsync(() => refusing.Hits > 1);
        Assert.That(world.ChildGateway(router), Has.Count.EqualTo(1));
        Assert.That(Reserved(router), Has.Count.EqualTo(1));

        world.Child.Heal();
        await World.UntilAsync(() => Reserved(router).Count == 0);
    }

    [Test]
    public async Task Where_nothing_can_be_set_aside_it_has_the_one_address_that_a_native_host_has()
    {
        var (outside, _) = world.AddOutside("198.51.100.0/24", edit: of => (of["enable_dhcp"], of["service_types"]) = (false, new JsonArray("network:router_gateway", "network:floatingip", "network:floatingip_agent_gateway")));
        var server = world.AddServer();
        await world.CompareAsync();
        var router = await DistributedAsync(World.There, outside: outside);
        Assert.That(world.ChildGateway(router), Is.Empty);

        var ip = world.Parent.AddFloatingIp(outside, server, edit: of => of["host"] = World.Here);
        Tell(router);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");

        var own = world.Parent.Ports.Single(port => (string?)port["device_owner"] == "network:floatingip_agent_gateway");
        Assert.That((string?)own["binding:host_id"], Is.EqualTo(World.Here));
        Assert.That(world.ChildGateway(router), Is.EqualTo(World.Addresses(own)));
        await World.UntilAsync(() => world.PortStatus((string)own["id"]!) == "ACTIVE");

        await world.RebornAsync();
        Assert.That(world.Parent.Ports.Count(port => (string?)port["device_owner"] == "network:floatingip_agent_gateway"), Is.EqualTo(1), "one for each host");
    }

    [Test]
    public async Task The_address_of_this_host_is_down_in_the_parent_while_it_is_in_the_child_and_up_again()
    {
        world.AddServer();
        var router = await DistributedAsync(World.There);
        var own = (string)Reserved(router).Single()["id"]!;
        await World.UntilAsync(() => world.PortStatus(own) == "ACTIVE");
        var gateway = (string)world.ChildPortsOf(router).Single(port => (string?)port["device_owner"] == "network:router_gateway")["id"]!;

        world.Child.Neutron.SetPortStatus(gateway, "DOWN");
        await world.WatchAsync();
        await World.UntilAsync(() => world.PortStatus(own) == "DOWN");

        world.Child.Neutron.SetPortStatus(gateway, "ACTIVE");
        await World.UntilAsync(() => world.PortStatus(own) == "ACTIVE");
    }

    [Test]
    public async Task Of_its_floating_ips_only_those_of_servers_here_are_here()
    {
        var here = world.AddServer();
        var there = world.AddServer(host: World.There);
        var router = await DistributedAsync(World.There);

        var ours = world.Parent.AddFloatingIp(world.Outside, here, edit: of => of["host"] = World.Here);
        var theirs = world.Parent.AddFloatingIp(world.Outside, there, edit: of => of["host"] = World.There);
        Tell(router);
        await World.UntilAsync(() => world.StatusOf(ours) == "ACTIVE");
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.FloatingIps.Single()["description"]!.ToString(), Is.EqualTo($"cascade:{ours}"));
        Assert.That(world.Parent.StatusesOf(theirs), Is.Empty, "another host speaks for it");
        Assert.That(world.Trouble(router), Is.Empty);
    }

    [Test]
    public async Task A_legacy_router_of_another_host_behind_which_there_are_servers_here_is_never_asked_for()
    {
        world.AddServer();
        var router = world.Parent.AddRouter();
        world.Parent.MoveRouter(router, World.There);
        world.Parent.SetGateway(router, world.Outside);
        world.Parent.AddInterface(router, world.Subnet);
        world.Parent.AddConntrackHelper(router);
        await world.CompareAsync();
        await world.CompareAsync();

        Assert.That(world.Child.Neutron.Routers, Is.Empty);
        Assert.That(world.Parent.CallsOf("sync_routers").Where(call => (string?)call.Arguments["host"] == World.Here).SelectMany(call => call.Texts("router_ids")), Has.None.EqualTo(router));
    }

    [Test]
    public async Task A_legacy_router_that_leaves_and_is_told_of_twice_meanwhile_is_not_asked_for_again()
    {
        var (router, _, _) = await world.ServedAsync();
        var removing = world.Child.On("DELETE", "/routers/*").HoldBefore();
        world.Parent.MoveRouter(router, World.There);
        await removing.Arrived;

        world.Tell(new FakeNotice("l3_agent", "router_deleted", new(1, 0), new() { ["router_id"] = router }, World.Here));
        world.Of<Routers.Agendas>().Router(router);
        removing.Release();
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Routers, Is.Empty);
        Assert.That(world.Parent.HostOf(router), Is.EqualTo(World.There));
    }

    [Test]
    public async Task A_legacy_router_that_went_to_another_host_is_not_bound_back_here()
    {
        var (router, _, _) = await world.ServedAsync();
        world.Silent = true;
        world.Parent.MoveRouter(router, World.There);
        world.Silent = false;

        await world.CompareAsync();

        Assert.That(world.Child.Neutron.Routers, Is.Empty);
        Assert.That(world.Parent.HostOf(router), Is.EqualTo(World.There));
    }

    /// <summary>What the parent has set aside for it on this host.</summary>
    IReadOnlyList<JsonObject> Reserved(string router) => [.. world.Parent.Ports.Where(port => (string?)port["device_id"] == $"gateway-{World.Here}-{router}")];

    async Task<string> DistributedAsync(string host, string? subnet = null, string? outside = null)
    {
        var router = world.Parent.AddRouter(edit: of => of["distributed"] = true);
        world.Parent.MoveRouter(router, host);
        world.Parent.SetGateway(router, outside ?? world.Outside);
        world.Parent.AddInterface(router, subnet ?? world.Subnet);
        Tell(router);
        await world.SettleAsync();
        return router;
    }

    /// <summary>The server tells every host that has a part of it (neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI, l3_dvrscheduler_db.py).</summary>
    void Tell(string router) => world.Tell(new FakeNotice("l3_agent", "routers_updated", new(1, 1), new() { ["routers"] = new JsonArray(router) }, World.Here));
}
