using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Tests.Networks;

public sealed class NetworkMapTest
{
    const string Id = "9025a58e-f011-4261-9829-08142a568637";

    static readonly ChildTraits All = new(new HashSet<string> { "port-security", "dns-integration", "net-mtu-writable", "provider", "qos", "rbac-policies" });
    static readonly MirrorRules Rules = new("cloud-a") { Physical = new Dictionary<string, string> { ["physnet1"] = "datacentre" } };

    [TestCase("vxlan", null, 1591, "vxlan", null, 1591, TestName = "A tunnel keeps its number")]
    [TestCase("geneve", null, 7, "geneve", null, 7, TestName = "Of whatever type")]
    [TestCase("vlan", "physnet1", 42, "vlan", "datacentre", 42, TestName = "A VLAN keeps its number on the child's physical network")]
    [TestCase("flat", "physnet1", null, "flat", "datacentre", null, TestName = "A flat network has none")]
    public void A_network_is_of_the_same_type(string type, string? physical, int? number, string childType, string? childPhysical, int? childNumber)
    {
        var body = NetworkBody.Create(Wanted(Network(type, physical, number)), "ours", null);

        Assert.That(
            (body.ProviderNetworkType, body.ProviderPhysicalNetwork, body.ProviderSegmentationId),
            Is.EqualTo(((string?)childType, childPhysical, childNumber)));
    }

    [TestCase("vlan", "physnet9", TestName = "A VLAN on a physical network that nobody declared")]
    [TestCase("flat", "physnet9", TestName = "A flat network on one")]
    [TestCase("local", null, TestName = "A network that never leaves a host")]
    public void What_has_no_way_to_the_child_is_refused(string type, string? physical) =>
        Assert.Throws<RefusedException>(() => Wanted(Network(type, physical, 1)));

    [Test]
    public void It_is_ours_and_stamped_from_the_create_on()
    {
        var body = NetworkBody.Create(Wanted(Network("vxlan", null, 1)), "ours", null);

        Assert.That((body.ProjectId, body.Description, body.Name, body.Shared), Is.EqualTo(("ours", $"cascade:{Id}", "tenant-net", (bool?)null)));
    }

    [TestCase(1450, null, 1450, TestName = "The parent's while the child's is not known")]
    [TestCase(1450, 1400, 1400, TestName = "The child's where it is smaller")]
    [TestCase(1450, 9000, 1450, TestName = "The parent's where that is smaller")]
    public void Packets_are_as_large_as_both_can(int parents, int? childs, int mtu) =>
        Assert.That(NetworkBody.Create(Wanted(Network("vxlan", null, 1, parents)), "ours", childs).Mtu, Is.EqualTo(mtu));

    [Test]
    public void What_is_as_wanted_needs_nothing() => Assert.That(NetworkBody.Difference(Seen(), Wanted(Network("vxlan", null, 1)), null), Is.Null);

    [Test]
    public void Another_number_of_the_childs_is_no_difference_and_is_told()
    {
        var seen = Seen() with { ProviderSegmentationId = 77 };

        Assert.That(NetworkBody.Difference(seen, Wanted(Network("vxlan", null, 1)), null), Is.Null);
        Assert.That(NetworkBody.OtherSegment(seen, Wanted(Network("vxlan", null, 1))), Is.EqualTo("vxlan 77 instead of vxlan 1"));
    }

    [Test]
    public void The_number_of_a_vlan_is_followed()
    {
        var seen = Seen() with { ProviderNetworkType = "vlan", ProviderPhysicalNetwork = "datacentre", ProviderSegmentationId = 41 };

        var change = NetworkBody.Difference(seen, Wanted(Network("vlan", "physnet1", 42)), null)!;

        Assert.That((change.Members.Single(), change.Update.ProviderSegmentationId), Is.EqualTo(("provider:segmentation_id", (int?)42)));
    }

    [Test]
    public void A_policy_that_the_child_cannot_have_is_refused()
    {
        var without = new ChildTraits(All.Aliases.Except(["qos"]).ToHashSet());

        Assert.Throws<RefusedException>(() => NetworkMap.Wanted(Network("vxlan", null, 1, qos: "gold"), Rules, without, null));
        Assert.That(NetworkMap.Wanted(Network("vxlan", null, 1), Rules, without, null).QosPolicyId, Is.Null);
    }

    [Test]
    public void Only_what_differs_is_sent()
    {
        var seen = Seen() with { Name = "old", AdminStateUp = false, Mtu = 1300, PortSecurityEnabled = false, DnsDomain = "old.", QosPolicyId = "q" };

        var change = NetworkBody.Difference(seen, Wanted(Network("vxlan", null, 1)), null)!;

        Assert.That(change.Members, Is.EqualTo(new[] { "name", "admin_state_up", "mtu", "port_security_enabled", "dns_domain", "qos_policy_id" }));
        Assert.That(change.Update.QosPolicyId, Is.EqualTo(Settable.Null));
    }

    [TestCase("Invalid input for operation: Requested MTU is too big, maximum is 1442.", true, 1442)]
    [TestCase("Invalid input for operation: Requested MTU is too big.", true, null)]
    [TestCase("Invalid input for operation: something else is wrong.", false, null)]
    public void The_childs_largest_packet_is_in_its_refusal(string message, bool isIt, int? largest)
    {
        var fault = new CloudFault(FaultKind.Invalid, message) { Code = NetworkError.InvalidInput };

        Assert.That((MtuFault.Is(fault), MtuFault.Largest(fault)), Is.EqualTo((isIt, largest)));
    }

    static WantedNetwork Wanted(NeutronNetwork network) => NetworkMap.Wanted(network, Rules, All, null);

    static NeutronNetwork Network(string type, string? physical, int? number, int mtu = 1450, string? qos = null) => NeutronNetwork.Read(new JsonObject
    {
        ["id"] = Id, ["name"] = "tenant-net", ["admin_state_up"] = true, ["mtu"] = mtu, ["port_security_enabled"] = true, ["dns_domain"] = "",
        ["provider:network_type"] = type, ["provider:physical_network"] = physical, ["provider:segmentation_id"] = number, ["qos_policy_id"] = qos,
    })!;

    static NetworkInfo Seen() => new()
    {
        Id = "cn", Name = "tenant-net", Description = $"cascade:{Id}", AdminStateUp = true, Mtu = 1450, PortSecurityEnabled = true, DnsDomain = "",
        ProviderNetworkType = "vxlan", ProviderSegmentationId = 1,
    };
}
