using Cascade.OpenStack.Network;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>Port forwardings, conntrack helpers and NDP proxies.</summary>
[TestFixture]
public sealed class RouterPartTests : RouterTest
{
    [Test]
    public async Task Port_forwardings_share_an_address()
    {
        var (outside, _) = await OutsideAsync();
        var router = await RouterAsync(outside.Id);
        var (inside, _, door) = await InsideAsync(router.Id);
        var port = await PortAsync(inside.Id, "10.10.0.42");
        var fip = await Network.FloatingIps.CreateAsync(Scope.Own, new FloatingIpCreate { FloatingNetworkId = outside.Id }, Now);
        var wanted = new PortForwardingRequest { Protocol = "tcp", InternalPortId = port.Id, InternalIpAddress = "10.10.0.42", InternalPort = 22, ExternalPort = 2222, Description = "cascade:1" };

        var made = await Network.PortForwardings.CreateAsync(Scope.Own, fip.Id, wanted, Now);

        Golden.Match(
            $$$"""
            {"port_forwarding": {"protocol": "tcp", "internal_port_id": "{{{port.Id}}}", "internal_ip_address": "10.10.0.42", "internal_port": 22, "external_port": 2222,
              "description": "cascade:1"} }
            """,
            SentTo("POST", "/floatingips/*/port_forwardings").ToJsonString());
        Assert.That((made.Protocol, made.InternalPort, made.ExternalPort, made.ExternalPortRange, made.Description), Is.EqualTo(("tcp", 22, 2222, "2222:2222", "cascade:1")));
        var seen = await Network.FloatingIps.GetAsync(Scope.Own, fip.Id, Now);
        Assert.That((seen.RouterId, seen.PortId, seen.Status), Is.EqualTo((router.Id, (string?)null, "ACTIVE")));
        Assert.That(seen.PortForwardings, Is.EqualTo(new[] { new PortForwardingOutline(made.Id, "tcp", port.Id, "10.10.0.42", 22, 2222) }));

        async Task<string?> RefusedAsync(PortForwardingRequest request) => await CodeOfAsync(() => Network.PortForwardings.CreateAsync(Scope.Own, fip.Id, request, Now));
        Assert.That(await RefusedAsync(wanted with { InternalPort = 23 }), Is.EqualTo(NetworkError.BadRequest), "the port outside is taken");
        Assert.That(await RefusedAsync(wanted with { ExternalPort = 2223 }), Is.EqualTo(NetworkError.BadRequest), "the port inside is taken");
        Assert.That(await RefusedAsync(wanted with { InternalPort = 24, ExternalPort = 24, InternalIpAddress = "10.10.0.43" }), Is.EqualTo(NetworkError.BadRequest));
        var ranges = await Network.PortForwardings.CreateAsync(
            Scope.Own, fip.Id, wanted with { InternalPort = null, ExternalPort = null, InternalPortRange = "80:90", ExternalPortRange = "8080:8090" }, Now);
        Assert.That((ranges.InternalPort, ranges.InternalPortRange), Is.EqualTo(((int?)null, "80:90")));
        Assert.That((await Network.PortForwardings.UpdateAsync(Scope.Own, fip.Id, made.Id, new PortForwardingRequest { ExternalPort = 22 }, Now)).ExternalPort, Is.EqualTo(22));
        Assert.That((await AllAsync(Network.PortForwardings.ListAsync(Scope.Own, fip.Id, Now))).Select(one => one.ExternalPortRange), Is.EqualTo(new[] { "22:22", "8080:8090" }));
        Assert.That(await CodeOfAsync(() => Network.FloatingIps.DeleteAsync(Scope.Own, fip.Id, Now)), Is.EqualTo(NetworkError.FloatingIpInUseByPortForwarding));
        Assert.That(await CodeOfAsync(() => Network.FloatingIps.UpdateAsync(Scope.Own, fip.Id, new FloatingIpUpdate { PortId = port.Id }, Now)), Is.EqualTo(NetworkError.FloatingIpInUseByPortForwarding));
        Assert.That(await CodeOfAsync(() => Network.Routers.RemoveInterfaceAsync(Scope.Own, router.Id, door.Id, Now)), Is.EqualTo(NetworkError.RouterInterfaceInUseByFloatingIp));

        await Network.PortForwardings.DeleteAsync(Scope.Own, fip.Id, made.Id, Now);
        Assert.That(await CodeOfAsync(() => Network.PortForwardings.GetAsync(Scope.Own, fip.Id, made.Id, Now)), Is.EqualTo("PortForwardingNotFound"));
        await Network.Ports.DeleteAsync(Scope.Own, port.Id, Now);
        Assert.That(Fake.Neutron.PortForwardingsOf(fip.Id), Is.Empty, "they go with their port");
        Assert.That((await Network.FloatingIps.GetAsync(Scope.Own, fip.Id, Now)).RouterId, Is.Null);

        var other = await PortAsync(inside.Id, "10.10.0.44");
        await Network.FloatingIps.UpdateAsync(Scope.Own, fip.Id, new FloatingIpUpdate { PortId = other.Id }, Now);
        Assert.That(await RefusedAsync(wanted with { InternalPortId = other.Id, InternalIpAddress = "10.10.0.44" }), Is.EqualTo(NetworkError.PortHasBindingFloatingIp));
        Assert.That(
            await RefusedAsync(wanted with { InternalPortId = (await PortAsync(inside.Id, "10.10.0.45")).Id, InternalIpAddress = "10.10.0.45" }), Is.EqualTo(NetworkError.FloatingIpPortAlreadyAssociated));
        Fake.Neutron.SwitchOff(Extension.PortForwarding);
        Assert.That((await FaultOfAsync(() => AllAsync(Network.PortForwardings.ListAsync(Scope.Own, fip.Id, Now)))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task Conntrack_helpers_stand_below_their_router()
    {
        var router = await RouterAsync();
        var made = await Network.ConntrackHelpers.CreateAsync(Scope.Own, router.Id, new ConntrackRule("udp", 69, "tftp"), Now);
        Golden.Match("""{"conntrack_helper": {"protocol": "udp", "port": 69, "helper": "tftp"}}""", SentTo("POST", "/routers/*/conntrack_helpers").ToJsonString());
        Assert.That((made.Protocol, made.Port, made.Helper), Is.EqualTo(("udp", 69, "tftp")));
        Assert.That((await Network.Routers.GetAsync(Scope.Own, router.Id, Now)).ConntrackHelpers, Is.EqualTo(new[] { new ConntrackRule("udp", 69, "tftp") }));
        async Task<string?> RefusedAsync(ConntrackRule rule) => await CodeOfAsync(() => Network.ConntrackHelpers.CreateAsync(Scope.Own, router.Id, rule, Now));
        Assert.That(await RefusedAsync(new ConntrackRule("udp", 69, "tftp")), Is.EqualTo(NetworkError.BadRequest));
        Assert.That(await RefusedAsync(new ConntrackRule("tcp", 69, "tftp")), Is.EqualTo(NetworkError.InvalidProtocolForHelper));
        Assert.That(await RefusedAsync(new ConntrackRule("tcp", 69, "gopher")), Is.EqualTo(NetworkError.ConntrackHelperNotAllowed));

        Assert.That((await Network.ConntrackHelpers.UpdateAsync(Scope.Own, router.Id, made.Id, new ConntrackRule(Port: 70), Now)).Port, Is.EqualTo(70));
        Assert.That((await AllAsync(Network.ConntrackHelpers.ListAsync(Scope.Own, router.Id, Now))).Single().Port, Is.EqualTo(70));
        await Network.ConntrackHelpers.DeleteAsync(Scope.Own, router.Id, made.Id, Now);
        Assert.That(await CodeOfAsync(() => Network.ConntrackHelpers.DeleteAsync(Scope.Own, router.Id, made.Id, Now)), Is.EqualTo("ConntrackHelperNotFound"));
        Assert.That(await CodeOfAsync(() => AllAsync(Network.ConntrackHelpers.ListAsync(Scope.Own, "none", Now))), Is.EqualTo(NetworkError.RouterNotFound));
    }

    [Test]
    public async Task An_ndp_proxy_answers_for_an_address_inside()
    {
        var (outside, _) = await OutsideAsync();
        await Network.Subnets.CreateAsync(Scope.Own, new SubnetCreate { NetworkId = outside.Id, IpVersion = 6, Cidr = "2001:db8:f::/64" }, Now);
        var (inside, six) = await WithSubnetAsync(new SubnetCreate { NetworkId = "", IpVersion = 6, Cidr = "2001:db8:1::/64" });
        var router = await RouterAsync(outside.Id);
        Task<Router> EnableAsync() => Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { EnableNdpProxy = true }, Now);
        Assert.That(await CodeOfAsync(EnableAsync), Is.EqualTo(NetworkError.RouterGatewayNotValid));
        foreach (var network in new[] { outside.Id, inside.Id })
        {
            Fake.Neutron.Change("networks", network, members => members["ipv6_address_scope"] = "scope");
        }

        var (door, port) = (await PortAsync(inside.Id, "2001:db8:1::1"), await PortAsync(inside.Id, "2001:db8:1::42"));
        await Network.Routers.AddInterfaceAsync(Scope.Own, router.Id, door.Id, Now);
        var wanted = new NdpProxyCreate { RouterId = router.Id, PortId = port.Id, Name = "n" };
        Assert.That(await CodeOfAsync(() => Network.NdpProxies.CreateAsync(Scope.Own, wanted, Now)), Is.EqualTo(NetworkError.RouterNdpProxyNotEnabled));
        Assert.That((await EnableAsync()).EnableNdpProxy, Is.True);
        var made = await Network.NdpProxies.CreateAsync(Scope.Own, wanted, Now);
        Assert.That((made.IpAddress, made.RouterId, made.PortId), Is.EqualTo(("2001:db8:1::42", router.Id, port.Id)));
        Assert.That(await CodeOfAsync(() => Network.NdpProxies.CreateAsync(Scope.Own, wanted with { IpAddress = "2001:db8:1::43" }, Now)), Is.EqualTo("InvalidAddress"));
        Assert.That(await CodeOfAsync(() => Network.Routers.RemoveInterfaceAsync(Scope.Own, router.Id, door.Id, Now)), Is.EqualTo(NetworkError.RouterInterfaceInUseByNdpProxy));
        Assert.That((await AllAsync(Network.NdpProxies.ListAsync(Scope.Own, new NdpProxyFilter { Name = "n" }, Now))).Single().Id, Is.EqualTo(made.Id));
        Assert.That((await FaultOfAsync(() => AllAsync(Network.NdpProxies.ListAsync(Scope.Own, new NdpProxyFilter { ProjectId = "p" }, Now)))).Kind, Is.EqualTo(FaultKind.Invalid), "a stock cloud has no such filter");
        Assert.That((await Network.NdpProxies.UpdateAsync(Scope.Own, made.Id, new NdpProxyUpdate { Description = "d" }, Now)).Description, Is.EqualTo("d"));
        await Network.Ports.DeleteAsync(Scope.Own, port.Id, Now);
        Assert.That(await Network.NdpProxies.FindAsync(Scope.Own, made.Id, Now), Is.Null);
        Assert.That(six.Id, Is.Not.Empty);
    }
}
