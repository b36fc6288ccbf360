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
    public async Task One_whose_part_with_snat_is_elsewhere_gets_out_by_this_host_s_own_address()
    {
        world.AddServer();
        var router = await DistributedAsync(World.There);

        var own = world.Parent.Ports.Single(port => (string?)port["device_owner"] == "network:floatingip_agent_gateway");
        Assert.That((string?)own["binding:host_id"], Is.EqualTo(World.Here));
        Assert.That(world.ChildGateway(router), Is.EqualTo(World.Addresses(own)));
        Assert.That(world.ChildGateway(router), Is.Not.EqualTo(World.Addresses(world.Parent.Port((string)world.Parent.Router(router)!["gw_port_id"]!))), "two clouds must not hold one address");
        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
        await World.UntilAsync(() => world.PortStatus((string)own["id"]!) == "ACTIVE");

        await world.RebornAsync();
        Assert.That(world.Parent.Ports.Count(port => (string?)port["device_owner"] == "network:floatingip_agent_gateway"), Is.EqualTo(1), "one for each host");
    }

    [Test]
    public async Task The_address_of_this_host_is_down_in_the_parent_while_it_is_in_the_child_and_up_again()
    {
        world.AddServer();
        var router = await DistributedAsync(World.There);
        var own = (string)world.Parent.Ports.Single(port => (string?)port["device_owner"] == "network:floatingip_agent_gateway")["id"]!;
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

    async Task<string> DistributedAsync(string host)
    {
        var router = world.Parent.AddRouter(edit: of => of["distributed"] = true);
        world.Parent.MoveRouter(router, host);
        world.Parent.SetGateway(router, world.Outside);
        world.Parent.AddInterface(router, world.Subnet);
        Tell(router);
        await world.SettleAsync();
        return router;
    }

    /// <summary>The server tells every host that has a part of it (neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI, l3_dvrscheduler_db.py).</summary>
    void Tell(string router) => world.Tell(new FakeNotice("l3_agent", "routers_updated", new(1, 1), new() { ["routers"] = new System.Text.Json.Nodes.JsonArray(router) }, World.Here));
}
