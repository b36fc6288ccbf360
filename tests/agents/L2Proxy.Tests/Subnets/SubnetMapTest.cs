using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Subnets;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using ChildPool = Cascade.OpenStack.Network.AllocationPool;
using ChildRoute = Cascade.OpenStack.Network.HostRoute;

namespace Cascade.L2Proxy.Tests.Subnets;

public sealed class SubnetMapTest
{
    const string Id = "35cf6e67-c86c-4495-9d9f-a23eb53a48ba";

    [Test]
    public void Everything_is_the_parents_but_the_pools()
    {
        var body = SubnetBody.Create(Wanted(["10.10.0.250"]), "cn", "ours");

        Assert.Multiple(() =>
        {
            Assert.That((body.NetworkId, body.ProjectId, body.Description), Is.EqualTo(("cn", "ours", $"cascade:{Id}")));
            Assert.That((body.Cidr, body.IpVersion, body.GatewayIp, body.EnableDhcp), Is.EqualTo(("10.10.0.0/24", 4, (Settable)"10.10.0.1", (bool?)true)));
            Assert.That(body.DnsNameservers, Is.EqualTo(new[] { "9.9.9.9", "1.1.1.1" }));
            Assert.That(body.HostRoutes, Is.EqualTo(new[] { new ChildRoute("10.20.0.0/16", "10.10.0.2") }));
            Assert.That(body.AllocationPools, Is.EqualTo(new[] { new ChildPool("10.10.0.250", "10.10.0.250") }), "the child gives out nothing but what the parent reserved");
        });
    }

    [Test]
    public void Without_a_gateway_there_is_none_in_the_child_either() =>
        Assert.That(SubnetBody.Create(Wanted([], subnet => subnet["gateway_ip"] = null), "cn", "ours").GatewayIp, Is.EqualTo(Settable.Null), "not said would mean the first address");

    [Test]
    public void Without_a_reservation_the_pools_are_empty() => Assert.That(SubnetBody.Create(Wanted([]), "cn", "ours").AllocationPools, Is.Empty);

    [TestCase("slaac", "slaac", true)]
    [TestCase("dhcpv6-stateless", "dhcpv6-stateless", true)]
    [TestCase("slaac", null, true, TestName = "A router announces it")]
    [TestCase("dhcpv6-stateful", "dhcpv6-stateful", false)]
    [TestCase(null, null, false)]
    public void Whether_addresses_are_made_of_the_mac(string? ra, string? address, bool automatic)
    {
        var subnet = Subnet(subnet =>
        {
            subnet["ipv6_ra_mode"] = ra;
            subnet["ipv6_address_mode"] = address;
        });
        var body = SubnetBody.Create(SubnetMap.Wanted(subnet, []), "cn", "ours");

        Assert.That((SubnetMap.IsAutomatic(subnet), body.Ipv6RaMode, body.Ipv6AddressMode), Is.EqualTo((automatic, ra, address)));
    }

    [TestCase("10.10.0.0/24", true)]
    [TestCase("::/64", false, TestName = "A prefix that is still to be delegated")]
    [TestCase(null, false)]
    public void Whether_it_is_a_subnet_yet(string? cidr, bool real) => Assert.That(SubnetMap.IsReal(Subnet(subnet => subnet["cidr"] = cidr)), Is.EqualTo(real));

    [Test]
    public void What_is_as_wanted_needs_nothing() => Assert.That(SubnetBody.Difference(Seen(), Wanted(["10.10.0.250"])), Is.Null);

    [Test]
    public void Pools_that_the_child_joined_are_the_same_pools() =>
        Assert.That(SubnetBody.Difference(Seen() with { AllocationPools = [new("10.10.0.250", "10.10.0.251")] }, Wanted(["10.10.0.251", "10.10.0.250"])), Is.Null);

    [TestCase("10.10.0.2", "10.10.0.254", TestName = "The pool of a subnet that was not restricted")]
    [TestCase("10.10.0.251", "10.10.0.251", TestName = "Another address")]
    public void Other_pools_are_put_right(string start, string end) =>
        Assert.That(SubnetBody.Difference(Seen() with { AllocationPools = [new(start, end)] }, Wanted(["10.10.0.250"]))!.Members, Is.EqualTo(new[] { "allocation_pools" }));

    [Test]
    public void Only_what_differs_is_sent()
    {
        var seen = Seen() with { Name = "old", GatewayIp = null, EnableDhcp = false, DnsNameservers = ["1.1.1.1", "9.9.9.9"], HostRoutes = [] };

        Assert.That(
            SubnetBody.Difference(seen, Wanted(["10.10.0.250"]))!.Members,
            Is.EqualTo(new[] { "name", "gateway_ip", "enable_dhcp", "dns_nameservers", "host_routes" }), "the order of name servers counts");
    }

    internal static WantedSubnet Wanted(string[] reserved, Action<JsonObject>? edit = null) => SubnetMap.Wanted(Subnet(edit), reserved);

    static NeutronSubnet Subnet(Action<JsonObject>? edit)
    {
        var subnet = new JsonObject
        {
            ["id"] = Id, ["name"] = "sub", ["network_id"] = "n", ["ip_version"] = 4, ["cidr"] = "10.10.0.0/24", ["gateway_ip"] = "10.10.0.1", ["enable_dhcp"] = true,
            ["allocation_pools"] = new JsonArray(new JsonObject { ["start"] = "10.10.0.2", ["end"] = "10.10.0.254" }),
            ["dns_nameservers"] = new JsonArray("9.9.9.9", "1.1.1.1"),
            ["host_routes"] = new JsonArray(new JsonObject { ["destination"] = "10.20.0.0/16", ["nexthop"] = "10.10.0.2" }),
        };
        edit?.Invoke(subnet);
        return NeutronSubnet.Read(subnet)!;
    }

    static Subnet Seen() => new()
    {
        Id = "cs", Name = "sub", Description = $"cascade:{Id}", NetworkId = "cn", IpVersion = 4, Cidr = "10.10.0.0/24", GatewayIp = "10.10.0.1", EnableDhcp = true,
        AllocationPools = [new("10.10.0.250", "10.10.0.250")], DnsNameservers = ["9.9.9.9", "1.1.1.1"], HostRoutes = [new("10.20.0.0/16", "10.10.0.2")],
    };
}
