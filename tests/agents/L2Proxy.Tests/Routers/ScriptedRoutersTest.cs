using System.Text.Json;
using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.L3;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Contracts.Neutron.Reports;
using Cascade.Oslo.Wire.Failures;

namespace L2Proxy.Tests.Routers;

/// <summary>The scripted parent does with routers what the recordings of the real one show.</summary>
sealed class ScriptedRoutersTest
{
    RouterWorld world = null!;

    [SetUp]
    public void Begin() => world = new();

    [Test]
    public async Task A_router_is_scheduled_and_told_when_it_gets_something_to_do()
    {
        Assert.That(world.Parent.HostOf(world.Router), Is.Null);
        world.Parent.SetGateway(world.Router, world.Outside);
        world.Parent.AddInterface(world.Router, world.Subnet);
        world.Parent.SetRoutes(world.Router, ("172.16.0.0/16", "10.10.0.9"));

        Assert.That(world.Told(), Is.EqualTo(new[] { "routers_updated child-1", "routers_updated child-1", "routers_updated child-1" }));
        Assert.That((await world.SyncAsync())!.Routes, Is.EqualTo(new[] { new HostRoute("172.16.0.0/16", "10.10.0.9") }));
    }

    [Test]
    public async Task A_router_that_is_synced_has_its_ports_bound_where_agents_of_the_second_layer_see_them()
    {
        world.Wired();
        var listed = new GetPorts(Filters.Of("binding:host_id", RouterWorld.Here));
        Assert.That(await world.AskAsync(listed), Is.Empty);

        var router = (await world.SyncAsync())!;
        var ports = await world.AskAsync(listed);
        var pulled = (await world.AskAsync(BulkPull.Of("Port", "id", ports.Select(port => port.Id)))).Select(of => NeutronPort.Read(of)!).ToList();

        Assert.That(ports.Select(port => port.DeviceOwner), Is.EquivalentTo(new[] { "network:router_gateway", "network:router_interface" }));
        Assert.That(pulled.Select(port => port.ActiveBinding!.Host), Is.EqualTo(new[] { RouterWorld.Here, RouterWorld.Here }));
        Assert.That(ports.Select(port => (port.DeviceId, port.Status, port.PortSecurityEnabled)), Has.All.EqualTo((world.Router, "DOWN", (bool?)false)));
        Assert.That(world.Taken().Count(notice => notice.Method == "port_update"), Is.EqualTo(2));
        Assert.That((router.GatewayPort!.Host, router.GatewayPort.ProjectId, router.Interfaces.Single().Host), Is.EqualTo((RouterWorld.Here, "", RouterWorld.Here)));

        await world.AskAsync(new UpdateDeviceList([.. ports.Select(port => port.Id)], [], "ovs-agent-child-1", RouterWorld.Here, RefreshTunnels: false));
        Assert.That((await world.SyncAsync())!.Interfaces.Single().Status, Is.EqualTo("ACTIVE"), "it is not bound again");
    }

    [Test]
    public async Task A_router_is_shown_with_its_addresses_and_without_what_it_has_none_of()
    {
        world.Parent.AddSubnet(world.Inside, "fd00:10::/64", subnet => subnet["ipv6_ra_mode"] = "slaac");
        world.Parent.AddInterface(world.Router, world.Subnet);
        var bare = (await world.SyncAsync())!;
        world.Parent.SetGateway(world.Router, world.Outside, enableSnat: false, edit: info => info["qos_policy_id"] = "gold");
        var router = (await world.SyncAsync())!;

        Assert.That(bare.Raw.Select(member => member.Key), Has.None.AnyOf("gw_port", "enable_snat", "_floatingips", "_pf_floatingips", "port_forwardings_fip_set"));
        Assert.That((bare.Gateway, bare.GatewayPortHost, bare.Raw.ContainsKey("gw_port_host")), Is.EqualTo(((RouterGateway?)null, (string?)null, true)));
        Assert.That((router.Gateway!.EnableSnat, router.Gateway.QosPolicyId, router.GatewayPortHost), Is.EqualTo(((bool?)false, "gold", RouterWorld.Here)));
        Assert.That(router.GatewayPort!.FixedIps, Is.EqualTo(new[] { new RouterAddress(world.OutsideSubnet, "203.0.113.2", 24) }));
        Assert.That(router.Interfaces.Single().FixedIps, Is.EqualTo(new[] { new RouterAddress(world.Subnet, "10.10.0.1", 24) }));
        Assert.That(router.Interfaces.Single().ExtraSubnets.Single().Ipv6RaMode, Is.EqualTo("slaac"));
    }

    [Test]
    public async Task A_router_that_is_down_is_listed_and_not_synced()
    {
        world.Wired();
        world.Parent.SetAdminState(world.Router, up: false);

        Assert.That(world.Told(), Is.EqualTo(new[] { "routers_updated child-1" }));
        Assert.That(await world.SyncAsync(), Is.Null);
        Assert.That(await world.AskAsync(new GetRouterIds(RouterWorld.Here)), Is.EqualTo(new[] { world.Router }));
    }

    [Test]
    public async Task Who_asks_first_hosts_what_nobody_does()
    {
        Assert.That(await world.AskAsync(new GetRouterIds(RouterWorld.There)), Is.EqualTo(new[] { world.Router }));
        Assert.That(await world.AskAsync(new GetRouterIds(RouterWorld.Here)), Is.Empty);
        Assert.That(await world.SyncAsync(), Is.Null);
        Assert.That(async () => await world.SyncAsync("nowhere"), Throws.InstanceOf<RpcFault>().With.Message.Contains("could not be found"));
    }

    [Test]
    public async Task An_agent_that_is_not_in_legacy_mode_takes_any_router_it_names_if_it_has_servers_behind()
    {
        world.Wired();
        await world.SyncAsync();
        world.Parent.AddL3Agent(RouterWorld.There, "dvr_snat");

        Assert.That(await world.SyncAsync(RouterWorld.There), Is.Null);
        world.Parent.AddPort(world.Inside, RouterWorld.There);
        Assert.That((await world.SyncAsync(RouterWorld.There))!.Interfaces.Single().Host, Is.EqualTo(RouterWorld.There), "its ports are stolen");
        Assert.That(world.Parent.HostOf(world.Router), Is.EqualTo(RouterWorld.Here));
    }

    [Test]
    public async Task A_router_moves_by_a_cast_and_a_call_and_its_ports_with_the_next_sync()
    {
        world.Wired();
        await world.SyncAsync();
        world.Taken();
        world.Parent.MoveRouter(world.Router, RouterWorld.There);
        var said = world.Taken();

        Assert.That(said.Select(notice => (notice.Method, notice.Host, notice.IsCall)), Is.EqualTo(new[] { ("router_removed_from_agent", RouterWorld.Here, false), ("router_added_to_agent", RouterWorld.There, true) }));
        Assert.That(said[0].Arguments.Deserialize(RouterRemovedFromAgent.Wire)!.RouterId(), Is.EqualTo(world.Router));
        Assert.That(said[1].Arguments.Deserialize(RouterAddedToAgent.Wire)!.Ids(), Is.EqualTo(new[] { world.Router }));
        Assert.That(await world.SyncAsync(), Is.Null);
        Assert.That(world.Parent.Ports.Where(port => (string?)port["device_id"] == world.Router).Select(port => (string?)port["binding:host_id"]), Has.All.EqualTo(RouterWorld.Here));
        Assert.That((await world.SyncAsync(RouterWorld.There))!.GatewayPort!.Host, Is.EqualTo(RouterWorld.There));
    }

    [Test]
    public async Task A_disabled_agent_is_told_and_gets_nothing_and_a_dead_one_hears_nothing()
    {
        world.Wired();
        world.Parent.SetL3AgentAdminState(RouterWorld.Here, up: false);
        world.Parent.SetAdminState(world.Router, up: true);

        Assert.That(world.Told(), Is.EqualTo(new[] { "agent_updated child-1" }));
        Assert.That((await world.AskAsync(new GetRouterIds(RouterWorld.Here)), await world.SyncAsync()), Is.EqualTo((Array.Empty<string>(), (NeutronRouter?)null)));

        world.Parent.SetL3AgentAdminState(RouterWorld.Here, up: true);
        world.Parent.DeclareL3Dead(RouterWorld.Here);
        world.Parent.SetRoutes(world.Router);
        Assert.That(world.Told(), Is.EqualTo(new[] { "agent_updated child-1" }));
        Assert.That(world.Parent.HostOf(world.Router), Is.EqualTo(RouterWorld.Here));
    }

    [Test]
    public async Task A_floating_IP_is_down_until_the_agent_says_otherwise_and_again_after_it_is_taken_away()
    {
        world.Wired();
        var port = world.Parent.AddPort(world.Inside, RouterWorld.Here);
        world.Taken();
        var floating = world.Parent.AddFloatingIp(world.Outside, port);
        Assert.That(world.Told(), Is.EqualTo(new[] { "routers_updated child-1" }));

        var shown = (await world.SyncAsync())!.FloatingIps.Single();
        Assert.That((shown.Id, shown.Status, shown.FixedIpAddress, shown.PortDetails!.DeviceOwner), Is.EqualTo((floating, "DOWN", "10.10.0.2", "compute:nova")));
        await world.ReportAsync(floating, "ACTIVE");
        await world.ReportAsync("gone", "ACTIVE");
        Assert.That(world.StatusOf(floating), Is.EqualTo("ACTIVE"));

        world.Parent.DisassociateFloatingIp(floating);
        Assert.That(world.Told(), Is.EqualTo(new[] { "routers_updated child-1" }));
        Assert.That((world.StatusOf(floating), (await world.SyncAsync())!.FloatingIps.Count), Is.EqualTo(("ACTIVE", 0)));
        await world.ReportAsync([]);
        Assert.That(world.Parent.StatusesOf(floating), Is.EqualTo(new[] { "ACTIVE", "DOWN" }));
    }

    [Test]
    public async Task A_floating_IP_whose_port_is_deleted_stays_as_it_is_until_it_is_named()
    {
        world.Wired();
        var port = world.Parent.AddPort(world.Inside, RouterWorld.Here);
        var floating = world.Parent.AddFloatingIp(world.Outside, port);
        await world.ReportAsync(floating, "ACTIVE");
        world.Taken();
        world.Parent.DeletePort(port);

        Assert.That(world.Told(), Is.EqualTo(new[] { "routers_updated child-1" }));
        await world.ReportAsync([]);
        Assert.That(world.StatusOf(floating), Is.EqualTo("ACTIVE"), "the server has forgotten whose it was");
        await world.ReportAsync(floating, "DOWN");
        Assert.That(world.StatusOf(floating), Is.EqualTo("DOWN"));
    }

    [Test]
    public async Task A_floating_IP_changes_its_router_and_both_hosts_are_told()
    {
        world.Wired();
        var other = world.Parent.AddRouter("other");
        var network = world.Parent.AddNetwork();
        world.Parent.MoveRouter(other, RouterWorld.There);
        world.Parent.SetGateway(other, world.Outside);
        world.Parent.AddInterface(other, world.Parent.AddSubnet(network, "10.20.0.0/24"));
        var floating = world.Parent.AddFloatingIp(world.Outside, world.Parent.AddPort(world.Inside, RouterWorld.Here));
        world.Taken();
        world.Parent.AssociateFloatingIp(floating, world.Parent.AddPort(network, RouterWorld.There));

        Assert.That(world.Told(), Is.EqualTo(new[] { "routers_updated child-1", "routers_updated child-2" }));
        Assert.That((await world.SyncAsync())!.FloatingIps, Is.Empty);
        world.Parent.DeleteFloatingIp(floating);
        Assert.That(world.Told(), Is.EqualTo(new[] { "routers_updated child-2" }));
    }

    [Test]
    public async Task Forwarded_ports_are_told_by_push_alone()
    {
        world.Wired();
        var port = world.Parent.AddPort(world.Inside, RouterWorld.Here);
        var floating = world.Parent.AddFloatingIp(world.Outside);
        world.Taken();
        var forwarding = world.Parent.AddPortForwarding(floating, port, 2222, 22);
        var pushed = world.Taken().Single();
        var pulled = NeutronPortForwarding.Read((await world.AskAsync(BulkPull.Of(NeutronObjects.PortForwarding, "floatingip_id", floating))).Single())!;
        var shown = (await world.SyncAsync())!;

        Assert.That((pushed.Topic, (string?)pushed.Arguments["event_type"]), Is.EqualTo(("neutron-vo-PortForwarding-1.3", "created")));
        Assert.That((pulled.Id, pulled.RouterId, pulled.ExternalPortRange, pulled.InternalIpAddress), Is.EqualTo((forwarding, world.Router, "2222:2222", "10.10.0.2")));
        Assert.That(shown.FloatingIps, Is.Empty);
        Assert.That(shown.PortForwardingFloatingIps.Single().PortForwardings.Single().InternalPort, Is.EqualTo(22));
        Assert.That(shown.Raw["port_forwardings_fip_set"]!.ToJsonString(), Is.EqualTo("""["203.0.113.3/32"]"""));

        world.Taken();
        world.Parent.DeletePortForwarding(forwarding);
        var gone = world.Taken().Single().Arguments.Deserialize(Push.Wire)!;
        Assert.That((gone.IsDeletion, NeutronPortForwarding.Read(gone.Resources().Single())!.FloatingIpId), Is.EqualTo((true, floating)));
        Assert.That((await world.SyncAsync())!.PortForwardingFloatingIps, Is.Empty);
    }

    [Test]
    public async Task What_is_used_is_refused_and_a_deleted_router_is_told_to_all()
    {
        world.Wired();
        var floating = world.Parent.AddFloatingIp(world.Outside, world.Parent.AddPort(world.Inside, RouterWorld.Here));
        Assert.That(() => world.Parent.RemoveInterface(world.Router, world.Subnet), Throws.InvalidOperationException);
        Assert.That(() => world.Parent.ClearGateway(world.Router), Throws.InvalidOperationException);
        Assert.That(() => world.Parent.DeleteRouter(world.Router), Throws.InvalidOperationException);

        world.Parent.DeleteFloatingIp(floating);
        world.Parent.RemoveInterface(world.Router, world.Subnet);
        world.Taken();
        world.Parent.DeleteRouter(world.Router);
        var said = world.Taken();

        Assert.That(said.Where(notice => notice.Topic == "l3_agent").Select(notice => (notice.Method, notice.Host)), Is.EqualTo(new[] { ("router_deleted", (string?)null) }));
        Assert.That(said.Select(notice => notice.Method), Has.One.EqualTo("port_delete"), "of the gateway");
        Assert.That(world.Parent.PortsOf(world.Router), Is.Empty);
        Assert.That(await world.AskAsync(new GetRouterIds(RouterWorld.Here)), Is.Empty);
    }

    [Test]
    public async Task The_rest_is_answered_too()
    {
        var port = (await world.AskAsync(new GetAgentGatewayPort(world.Outside, RouterWorld.Here)))!;
        var again = (await world.AskAsync(new GetAgentGatewayPort(world.Outside, RouterWorld.Here)))!;
        var external = await world.AskAsync(ListNetworks.External() with { Fields = ["id", "name"] });

        Assert.That((again.Id, port.Host, port.FixedIps.Single().PrefixLength), Is.EqualTo((port.Id, RouterWorld.Here, (int?)24)));
        Assert.That(external.Select(network => (network.Id, network.Name, network.Mtu)), Is.EqualTo(new[] { (world.Outside, "outside", (int?)null) }));
        Assert.That(await world.AskAsync(new GetServicePluginList()), Does.Contain("L3_ROUTER_NAT"));
        Assert.That(await world.AskAsync(new GetHostHaRouterCount(RouterWorld.Here)), Is.Zero);
        await world.AskAsync(new DeleteAgentGatewayPort(RouterWorld.Here, world.Outside));
        await world.AskAsync(new UpdateAllHaNetworkPortStatuses(RouterWorld.Here));
        await world.AskAsync(new UpdateHaRoutersStates(RouterWorld.Here, new() { [world.Router] = "active" }));
        Assert.That((world.Parent.Port(port.Id), world.Parent.HaState(world.Router, RouterWorld.Here)), Is.EqualTo((null as System.Text.Json.Nodes.JsonObject, "active")));
    }

    [Test]
    public async Task An_agent_that_reports_is_a_row_of_its_own()
    {
        var report = ReportState.Of(new L3AgentState { Host = "child-3", AgentMode = "dvr_snat" }.Build("u", start: true), new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

        Assert.That((await world.AskAsync(report), world.Parent.Agents.ContainsKey("child-3"), world.Parent.L3Agents["child-3"].Reports), Is.EqualTo((ReportAnswer.New, false, 1)));
    }
}
