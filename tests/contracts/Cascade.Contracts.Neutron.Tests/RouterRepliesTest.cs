using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.L3;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;

namespace Cascade.Contracts.Neutron.Tests;

/// <summary>What the server answered about routers in each release, read.</summary>
[TestFixtureSource(typeof(Sample), nameof(Sample.Releases))]
public sealed class RouterRepliesTest(string release)
{
    [Test]
    public void A_router_is_read_whole()
    {
        var router = Synced().First(of => of.Name == "r1");

        Assert.That(
            (router.AdminStateUp, router.Status, router.Distributed, router.Ha, router.HaState, router.ProjectId, router.Routes.Single()),
            Is.EqualTo(((bool?)true, "ACTIVE", (bool?)false, (bool?)false, (string?)null, "7f0c5a0b6a6f4c8f9d3b1f2e4a5b6c7d", new HostRoute("172.16.0.0/16", "10.10.0.9"))));
        Assert.That(router.AvailabilityZones, Is.EqualTo(new[] { "nova" }));
        Assert.That((router.FloatingIps.Count, router.PortForwardingFloatingIps.Count, router.ConntrackHelpers.Count), Is.EqualTo((0, 0, 0)), "what it has none of is missing");
    }

    [Test]
    public void A_gateway_is_read_with_its_port()
    {
        var router = Synced().First(of => of.Name == "r1");
        var (gateway, port) = (router.Gateway!, router.GatewayPort!);

        Assert.That((gateway.EnableSnat, gateway.QosPolicyId, gateway.NetworkId), Is.EqualTo(((bool?)true, (string?)null, port.NetworkId)));
        Assert.That(
            (port.Id, port.DeviceId, port.DeviceOwner, port.ProjectId, port.Host, port.VifType, port.Mtu),
            Is.EqualTo((router.GatewayPortId, router.Id, "network:router_gateway", "", router.GatewayPortHost, "ovs", (int?)1500)));
        Assert.That(port.FixedIps.Single(), Is.EqualTo(new RouterAddress(gateway.FixedIps.Single().SubnetId, gateway.FixedIps.Single().IpAddress, 24)));
        Assert.That((port.Subnets.Single().Cidr, port.Subnets.Single().GatewayIp), Is.EqualTo(("203.0.113.0/24", "203.0.113.1")));
    }

    [Test]
    public void Interfaces_are_read_with_their_subnets()
    {
        var interfaces = Synced().First(of => of.Name == "r1").Interfaces;
        var (four, six) = (interfaces.Single(of => of.FixedIps[0].PrefixLength == 24), interfaces.Single(of => of.FixedIps[0].PrefixLength == 64));

        Assert.That(interfaces.Select(of => (of.DeviceOwner, of.Status, of.Mtu)), Has.All.EqualTo(("network:router_interface", "DOWN", (int?)1450)));
        Assert.That((four.FixedIps[0].IpAddress, four.Subnets.Single().GatewayIp), Is.EqualTo(("10.10.0.1", "10.10.0.1")));
        Assert.That((six.Subnets.Single().Ipv6RaMode, six.ExtraSubnets.Single().Id), Is.EqualTo(("slaac", four.Subnets.Single().Id)));
        Assert.That(four.MacAddress, Does.Match("^([0-9a-f]{2}:){5}[0-9a-f]{2}$"));
    }

    [Test]
    public void A_floating_IP_is_read_with_the_port_behind_it()
    {
        var (router, floating) = Synced().Where(of => of.Distributed == false).SelectMany(of => of.FloatingIps.Select(floating => (of, floating))).First();

        Assert.That(
            (floating.Status, floating.RouterId, floating.FloatingNetworkId, floating.PortDetails!.DeviceOwner, floating.QosPolicyId, floating.Host),
            Is.EqualTo(("DOWN", router.Id, router.Gateway!.NetworkId, "compute:nova", (string?)null, (string?)null)));
        Assert.That(floating.PortDetails.NetworkId, Is.EqualTo(router.Interfaces[0].NetworkId));
        Assert.That((floating.FloatingIpAddress, floating.FixedIpAddress), Is.Not.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public void Forwarded_ports_come_in_short_with_the_router_and_whole_when_pulled()
    {
        var router = Synced().First(of => of.PortForwardingFloatingIps.Count > 0);
        var floating = router.PortForwardingFloatingIps.Single();
        var pulled = NeutronPortForwarding.Read(Sample.Answered(release, "bulk_pull").Where(of => (string?)of.Message["args"]!["resource_type"] == "PortForwarding")
            .SelectMany(of => BulkPull.ReadReply(of.Reply)).Single())!;
        var inShort = floating.PortForwardings.Single();

        Assert.That(router.FloatingIps.Select(of => of.Id), Has.None.EqualTo(floating.Id));
        Assert.That((floating.PortId, floating.FixedIpAddress, floating.RouterId), Is.EqualTo(((string?)null, (string?)null, router.Id)));
        Assert.That(
            (pulled.FloatingIpId, pulled.FloatingIpAddress, pulled.RouterId, pulled.ExternalPortRange, pulled.InternalPortRange),
            Is.EqualTo((floating.Id, floating.FloatingIpAddress, router.Id, "2222:2222", "22:22")));
        Assert.That(
            (inShort.Id, inShort.Protocol, inShort.ExternalPort, inShort.InternalPort, inShort.InternalPortId, inShort.InternalIpAddress),
            Is.EqualTo((pulled.Id, "tcp", (int?)2222, (int?)22, pulled.InternalPortId, pulled.InternalIpAddress)));
        Assert.That(inShort.FloatingIpId, Is.Null);
    }

    [Test]
    public void A_conntrack_helper_is_read_from_router_and_object()
    {
        var router = Synced().First(of => of.ConntrackHelpers.Count > 0);
        var pulled = NeutronConntrackHelper.Read(Sample.Answered(release, "bulk_pull").Where(of => (string?)of.Message["args"]!["resource_type"] == "ConntrackHelper")
            .SelectMany(of => BulkPull.ReadReply(of.Reply)).Single())!;

        Assert.That(pulled with { Id = null, RouterId = null }, Is.EqualTo(router.ConntrackHelpers.Single()).And.EqualTo(new NeutronConntrackHelper(null, null, "udp", 69, "tftp")));
        Assert.That((pulled.RouterId, pulled.Id!.Length), Is.EqualTo((router.Id, 36)));
    }

    [Test]
    public void A_distributed_router_says_where_each_part_lives()
    {
        var router = Synced().First(of => of is { Distributed: true, FloatingIps.Count: > 0 });
        var agent = GetAgentGatewayPort.ReadReply(Sample.Answered(release, "get_agent_gateway_port").Single().Reply)!;

        Assert.That((router.FloatingIps.Single().Host, router.FloatingIps.Single().DestHost), Is.EqualTo(("cloud-b", (string?)null)));
        Assert.That(router.SnatInterfaces.Single().DeviceOwner, Is.EqualTo("network:router_centralized_snat"));
        Assert.That(router.FloatingIpAgentInterfaces.Select(of => of.DeviceOwner), Has.All.EqualTo("network:floatingip_agent_gateway"));
        Assert.That((agent.DeviceOwner, agent.Host, agent.FixedIps.Single().PrefixLength), Is.EqualTo(("network:floatingip_agent_gateway", "cloud-b", (int?)24)));
    }

    [Test]
    public void A_highly_available_router_says_which_host_is_which()
    {
        var routers = Synced().Where(of => of.Ha == true).ToList();

        Assert.That(routers.Select(of => of.HaState), Is.EqualTo(new[] { "standby", "standby", "active" }));
        Assert.That(routers.Select(of => of.HaInterface?.DeviceOwner), Has.All.EqualTo("network:router_ha_interface"));
        Assert.That(routers[0].Interfaces.Select(of => of.DeviceOwner), Has.All.EqualTo("network:ha_router_replicated_interface"));
        Assert.That(Sample.Answered(release, "get_host_ha_router_count").Select(of => GetHostHaRouterCount.ReadReply(of.Reply)), Has.Some.EqualTo(0).And.Some.EqualTo(1));
    }

    [Test]
    public void The_routers_of_a_host_the_plugins_and_the_external_networks_are_listed()
    {
        var ids = Sample.Answered(release, "get_router_ids").Select(of => GetRouterIds.ReadReply(of.Reply)).ToList();
        var plugins = GetServicePluginList.ReadReply(Sample.Answered(release, "get_service_plugin_list").First().Reply);
        var networks = ListNetworks.ReadReply(Sample.Answered(release, "get_networks").Single(of => (string?)of.Message["version"] == "1.12").Reply);

        Assert.That(ids, Has.Some.Empty.And.Some.Not.Empty);
        Assert.That(plugins, Does.Contain("L3_ROUTER_NAT"));
        Assert.That(networks.Select(of => of.Name), Is.EqualTo(new[] { "ext" }));
    }

    [Test]
    public void Who_asks_for_a_router_of_another_host_is_answered_nothing() =>
        Assert.That(Sample.Answered(release, "sync_routers").Select(of => SyncRouters.ReadReply(of.Reply).Count), Has.Some.EqualTo(0));

    [Test]
    public void Odd_members_are_null_and_an_odd_item_spoils_no_other()
    {
        var router = SyncRouters.ReadReply(JsonElement.Parse("""
            [null, {"name": "no id"}, {"id": "r", "admin_state_up": "yes", "external_gateway_info": {}, "gw_port": 7, "gw_port_id": null, "routes": "none",
             "_interfaces": [null, {"fixed_ips": []}, {"id": "p", "fixed_ips": null, "of_tomorrow": 1}], "_floatingips": {}, "conntrack_helpers": [{"port": 1}], "_ha_interface": null}]
            """)).Single();

        Assert.That(
            (router.AdminStateUp, router.Gateway, router.GatewayPort, router.Routes.Count, router.FloatingIps.Count, router.ConntrackHelpers.Count, router.HaInterface),
            Is.EqualTo(((bool?)null, (RouterGateway?)null, (RouterPort?)null, 0, 0, 0, (RouterPort?)null)));
        Assert.That((router.Interfaces.Single().Id, router.Interfaces.Single().FixedIps.Count, (int)router.Interfaces.Single().Raw["of_tomorrow"]!), Is.EqualTo(("p", 0, 1)));
        Assert.That(SyncRouters.ReadReply(JsonElement.Parse("null")), Is.Empty);
        Assert.That(NeutronNdpProxy.Read(new JsonObject { ["id"] = "x", ["ip_address"] = "2001:db8::1", ["router_id"] = "r" })!.IpAddress, Is.EqualTo("2001:db8::1"));
    }

    IEnumerable<NeutronRouter> Synced() => Sample.Answered(release, "sync_routers").SelectMany(of => SyncRouters.ReadReply(of.Reply));
}
