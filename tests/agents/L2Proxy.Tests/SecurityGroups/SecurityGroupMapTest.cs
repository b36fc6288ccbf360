using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.OpenStack.Network;

namespace L2Proxy.Tests.SecurityGroups;

sealed class SecurityGroupMapTest
{
    static readonly Dictionary<string, RemoteGroup> Groups = new()
    {
        ["web"] = new("child-web", new("list-web", new HashSet<string> { "10.0.0.1/32" })),
        ["plain"] = new("child-plain", new(null, new HashSet<string> { "10.0.0.2/32", "10.0.0.1/32", "fd00::1/128" })),
    };

    static readonly Dictionary<string, RemoteAddresses> Lists = new()
    {
        ["office"] = new("child-office", new HashSet<string> { "198.51.100.0/24" }),
        ["yard"] = new(null, new HashSet<string> { "198.51.100.0/24", "2001:db8::/64" }),
    };

    [Test]
    public void A_remote_group_is_the_child_s_own_members_and_the_list_of_those_elsewhere() => Assert.That(
        Said(new NeutronSecurityGroupRule("r", []) { Direction = "ingress", Ethertype = "IPv4", Protocol = "tcp", PortRangeMin = 22, PortRangeMax = 22, RemoteGroupId = "web" }),
        Is.EqualTo(new[] { "ingress IPv4 tcp 22-22 group:child-web", "ingress IPv4 tcp 22-22 list:list-web" }));

    [Test]
    public void Without_address_groups_each_member_elsewhere_of_the_family_has_a_rule() => Assert.That(
        Said(new NeutronSecurityGroupRule("r", []) { Direction = "egress", Ethertype = "IPv4", RemoteGroupId = "plain" }),
        Is.EqualTo(new[] { "egress IPv4  - group:child-plain", "egress IPv4  - 10.0.0.1/32", "egress IPv4  - 10.0.0.2/32" }));

    [Test]
    public void An_address_group_is_the_child_s() => Assert.That(
        Said(new NeutronSecurityGroupRule("r", []) { Direction = "ingress", Ethertype = "IPv4", RemoteAddressGroupId = "office" }),
        Is.EqualTo(new[] { "ingress IPv4  - list:child-office" }));

    [Test]
    public void Or_its_prefixes_of_the_family() => Assert.That(
        Said(new NeutronSecurityGroupRule("r", []) { Direction = "ingress", Ethertype = "IPv6", RemoteAddressGroupId = "yard" }),
        Is.EqualTo(new[] { "ingress IPv6  - 2001:db8::/64" }));

    [Test]
    public void What_is_normalized_is_never_sent() => Assert.That(
        Said(new NeutronSecurityGroupRule("r", []) { Direction = "ingress", Ethertype = "IPv4", RemoteIpPrefix = "192.0.2.7/24", NormalizedCidr = "192.0.2.0/24" }),
        Is.EqualTo(new[] { "ingress IPv4  - 192.0.2.7/24" }));

    [Test]
    public void Rules_that_the_child_would_take_for_one_are_one() => Assert.That(
        Said(
            new("a", []) { Direction = "ingress", Ethertype = "IPv4", Protocol = "tcp" },
            new("b", []) { Direction = "ingress", Ethertype = "IPv4", Protocol = "6", RemoteIpPrefix = "0.0.0.0/0" }),
        Has.Length.EqualTo(1));

    [TestCase("default", "default of p", TestName = "nobody may call a group default")]
    [TestCase("Default", "default of p", TestName = "however it is written")]
    [TestCase("web", "web", TestName = "any other name stays")]
    [TestCase(null, "", TestName = "and none is none")]
    public void Names_are_the_parent_s(string? name, string child) =>
        Assert.That(SecurityGroupMap.Wanted(new("g", []) { Name = name, ProjectId = "p" }, new(true, true)).Name, Is.EqualTo(child));

    [TestCase(true, false, false, TestName = "a stateless group")]
    [TestCase(true, null, true, TestName = "a parent that does not say: stateful")]
    [TestCase(false, false, null, TestName = "a child that knows no others is not told")]
    public void A_group_is_of_the_parent_s_kind(bool can, bool? parent, bool? child) =>
        Assert.That(SecurityGroupMap.Wanted(new("g", []) { Stateful = parent }, new(true, can)).Stateful, Is.EqualTo(child));

    [Test]
    public void The_child_s_automatic_rules_go_only_when_the_parent_has_none_like_them()
    {
        var automatic = new[] { Seen("a4", "egress", "IPv4"), Seen("a6", "egress", "IPv6") };
        var wanted = SecurityGroupMap.Rules([new("r", []) { Direction = "egress", Ethertype = "IPv4" }, new("s", []) { Direction = "ingress", Ethertype = "IPv4" }], Groups, Lists);

        var difference = SecurityGroupMap.Difference(automatic, wanted);

        Assert.That(difference.Missing.Select(rule => rule.Direction), Is.EqualTo(new[] { "ingress" }));
        Assert.That(difference.Surplus.Select(rule => rule.Id), Is.EqualTo(new[] { "a6" }));
    }

    [Test]
    public void The_second_of_two_like_rules_is_too_much()
    {
        var wanted = SecurityGroupMap.Rules([new("r", []) { Direction = "egress", Ethertype = "IPv4" }], Groups, Lists);

        Assert.That(SecurityGroupMap.Difference([Seen("one", "egress", "IPv4"), Seen("two", "egress", "IPv4")], wanted).Surplus.Select(rule => rule.Id), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public void What_is_as_wanted_is_no_difference()
    {
        var wanted = SecurityGroupMap.Rules([new("r", []) { Direction = "ingress", Ethertype = "IPv4", RemoteGroupId = "web" }], Groups, Lists);
        var seen = wanted.Select(rule => new SecurityGroupRule
        {
            Id = "x", Direction = rule.Direction, Ethertype = rule.Ethertype, RemoteGroupId = rule.RemoteGroupId, RemoteAddressGroupId = rule.RemoteAddressGroupId,
        });

        Assert.That(SecurityGroupMap.Difference(seen, wanted).IsNone, Is.True);
    }

    static string[] Said(params NeutronSecurityGroupRule[] rules) =>
    [
        .. SecurityGroupMap.Rules(rules, Groups, Lists).Select(rule =>
            $"{rule.Direction} {rule.Ethertype} {rule.Protocol} {rule.PortRangeMin}-{rule.PortRangeMax} "
            + (rule.RemoteGroupId is { } group ? "group:" + group : rule.RemoteAddressGroupId is { } list ? "list:" + list : rule.RemoteIpPrefix)),
    ];

    static SecurityGroupRule Seen(string id, string direction, string ethertype) => new() { Id = id, Direction = direction, Ethertype = ethertype };
}
