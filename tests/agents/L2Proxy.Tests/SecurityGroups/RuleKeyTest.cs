using Cascade.L2Proxy.SecurityGroups;
using Cascade.OpenStack.Network;

namespace L2Proxy.Tests.SecurityGroups;

/// <summary>Two rules that Neutron takes for one have one key (neutron/db/securitygroups_db.py: _rule_to_key), any other two have not.</summary>
sealed class RuleKeyTest
{
    static IEnumerable<TestCaseData> Pairs()
    {
        yield return Same(Rule(protocol: "tcp"), Rule(protocol: "6"), "a name and its number");
        yield return Same(Rule(protocol: "TCP"), Rule(protocol: "tcp"), "capitals");
        yield return Same(Rule("IPv6", "icmp"), Rule("IPv6", "ipv6-icmp"), "what old clients say for ICMPv6");
        yield return Same(Rule("IPv6", "1"), Rule("IPv6", "58"), "and its number");
        yield return Same(Rule("IPv6", "icmpv6"), Rule("IPv6", "ipv6-icmp"), "its other name");
        yield return Same(Rule(prefix: "0.0.0.0/0"), Rule(), "everybody is nobody in particular");
        yield return Same(Rule("IPv6", prefix: "::/0"), Rule("IPv6"), "in IPv6 as well");
        yield return Same(Rule(protocol: "tcp", min: 1, max: 65535), Rule(protocol: "tcp"), "the whole range is none");
        yield return Same(Rule(prefix: "10.0.0.1"), Rule(prefix: "10.0.0.1/32"), "an address is a prefix");
        yield return Same(Rule("IPv6", prefix: "2001:db8:0:0:0:0:0:0/32"), Rule("IPv6", prefix: "2001:db8::/32"), "spellings of IPv6");
        yield return Other(Rule(), Rule("IPv6"), "the family");
        yield return Other(Rule(), Rule() with { Direction = "egress" }, "the direction");
        yield return Other(Rule(protocol: "tcp"), Rule(protocol: "udp"), "the protocol");
        yield return Other(Rule(protocol: "icmp"), Rule("IPv6", "icmp"), "ICMP of each family");
        yield return Other(Rule(protocol: "tcp"), Rule(), "any protocol");
        yield return Other(Rule(protocol: "tcp", min: 22, max: 22), Rule(protocol: "tcp", min: 22, max: 23), "the ports");
        yield return Other(Rule(prefix: "10.0.0.0/24"), Rule(prefix: "10.0.0.5/24"), "host bits, which Neutron keeps");
        yield return Other(Rule() with { RemoteGroupId = "g" }, Rule(), "a remote group");
        yield return Other(Rule() with { RemoteGroupId = "g" }, Rule() with { RemoteAddressGroupId = "g" }, "the kind of remote");
    }

    [TestCaseSource(nameof(Pairs))]
    public bool Rules_are_told_apart_as_Neutron_does(WantedRule one, WantedRule other) => RuleKey.Of(one) == RuleKey.Of(other);

    [Test]
    public void The_child_s_rule_has_the_key_of_the_one_it_was_made_of()
    {
        var seen = new SecurityGroupRule
        {
            Id = "r", Direction = "ingress", Ethertype = "IPv4", Protocol = "tcp", PortRangeMin = 80, PortRangeMax = 80, RemoteIpPrefix = "192.0.2.0/24", NormalizedCidr = "192.0.2.0/24",
        };

        Assert.That(RuleKey.Of(seen), Is.EqualTo(RuleKey.Of(Rule(protocol: "6", min: 80, max: 80, prefix: "192.0.2.0/24"))));
    }

    static TestCaseData Same(WantedRule one, WantedRule other, string reason) => new TestCaseData(one, other).Returns(true).SetName("same: " + reason);

    static TestCaseData Other(WantedRule one, WantedRule other, string reason) => new TestCaseData(one, other).Returns(false).SetName("not the same: " + reason);

    static WantedRule Rule(string ethertype = "IPv4", string? protocol = null, int? min = null, int? max = null, string? prefix = null) =>
        new("ingress", ethertype) { Protocol = protocol, PortRangeMin = min, PortRangeMax = max, RemoteIpPrefix = prefix };
}
