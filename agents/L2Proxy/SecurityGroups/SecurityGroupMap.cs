using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.AddressGroups;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>The parent's security group in the child's words.</summary>
internal static class SecurityGroupMap
{
    const int LongestName = 255;

    public static WantedGroup Wanted(NeutronSecurityGroup of, GroupTraits traits) =>
        new(of.Id, NameOf(of)) { Stateful = traits.Stateful ? of.Stateful ?? true : null };

    /// <summary>
    /// Every rule as the child is to have it. Who is in a remote group is known to the child only of its own ports: the rule comes twice, once for those and once
    /// for the members elsewhere, by an address group, or by one rule for each address where the child has no address groups.
    /// </summary>
    /// <param name="rules">The parent's.</param>
    /// <param name="groups">By the parent's id of each remote group.</param>
    /// <param name="addresses">By the parent's id of each remote address group.</param>
    public static IReadOnlyList<WantedRule> Rules(
        IEnumerable<NeutronSecurityGroupRule> rules, IReadOnlyDictionary<string, RemoteGroup> groups, IReadOnlyDictionary<string, RemoteAddresses> addresses) =>
        [.. rules.SelectMany(rule => Rules(rule, groups, addresses)).DistinctBy(RuleKey.Of)];

    /// <summary>
    /// What is to be made and what is to go. The two rules that the child puts into every new group are rules like any other: they stay when the parent has the
    /// same, and go when it has not.
    /// </summary>
    public static RuleDifference Difference(IEnumerable<SecurityGroupRule> seen, IReadOnlyList<WantedRule> wanted)
    {
        var keys = wanted.Select(RuleKey.Of).ToHashSet();
        var there = new HashSet<RuleKey>();
        var surplus = seen.Where(rule => !keys.Contains(RuleKey.Of(rule)) | !there.Add(RuleKey.Of(rule))).ToList();
        return new([.. wanted.Where(rule => !there.Contains(RuleKey.Of(rule)))], surplus);
    }

    public static SecurityGroupRuleCreate Body(WantedRule rule, string groupId, string projectId) => new()
    {
        SecurityGroupId = groupId,
        ProjectId = projectId,
        Direction = rule.Direction,
        Ethertype = rule.Ethertype,
        Protocol = rule.Protocol,
        PortRangeMin = rule.PortRangeMin,
        PortRangeMax = rule.PortRangeMax,
        RemoteIpPrefix = rule.RemoteIpPrefix,
        RemoteGroupId = rule.RemoteGroupId,
        RemoteAddressGroupId = rule.RemoteAddressGroupId,
    };

    // "default" is a name that no API lets one give (neutron/extensions/securitygroup.py: _validate_name_not_default).
    static string NameOf(NeutronSecurityGroup of)
    {
        var name = of.Name ?? "";
        name = name.Equals("default", StringComparison.OrdinalIgnoreCase) ? $"default of {of.ProjectId}" : name;
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    static IEnumerable<WantedRule> Rules(
        NeutronSecurityGroupRule rule, IReadOnlyDictionary<string, RemoteGroup> groups, IReadOnlyDictionary<string, RemoteAddresses> addresses)
    {
        var plain = new WantedRule(rule.Direction ?? "ingress", rule.Ethertype ?? "IPv4")
        {
            Protocol = rule.Protocol,
            PortRangeMin = rule.PortRangeMin,
            PortRangeMax = rule.PortRangeMax,
        };
        if (rule.RemoteGroupId is { } remote)
        {
            var group = groups[remote];
            return Expanded(plain, group.Elsewhere).Prepend(plain with { RemoteGroupId = group.ChildId });
        }

        return rule.RemoteAddressGroupId is { } listed ? Expanded(plain, addresses[listed]) : [plain with { RemoteIpPrefix = rule.RemoteIpPrefix }];
    }

    static IEnumerable<WantedRule> Expanded(WantedRule plain, RemoteAddresses remote) => remote.ChildId is { } id
        ? [plain with { RemoteAddressGroupId = id }]
        : remote.Prefixes.Where(prefix => Prefix.IsOf(prefix, plain.Ethertype)).Order(StringComparer.Ordinal).Select(prefix => plain with { RemoteIpPrefix = prefix });
}

/// <summary>What the child's Neutron can for security groups.</summary>
/// <param name="AddressGroups">Rules may name address groups.</param>
/// <param name="Stateful">A group may be stateless. Where not, every group is stateful: the answers that a stateless one allows by rules of its own pass.</param>
internal sealed record GroupTraits(bool AddressGroups, bool Stateful)
{
    public static GroupTraits Of(IReadOnlySet<string> aliases) => new(
        aliases.Contains(Extension.AddressGroup) && aliases.Contains(Extension.SecurityGroupsRemoteAddressGroup),
        aliases.Contains(Extension.StatefulSecurityGroup));
}

/// <param name="ParentId">What the stamp names.</param>
internal sealed record WantedGroup(string ParentId, string Name)
{
    public string Description => Stamp.Of(ParentId);

    /// <summary>Null: the child knows no others than stateful ones.</summary>
    public bool? Stateful { get; init; }
}

/// <summary>A rule of the child; at most one of the remotes is set.</summary>
internal sealed record WantedRule(string Direction, string Ethertype)
{
    public string? Protocol { get; init; }

    public int? PortRangeMin { get; init; }

    public int? PortRangeMax { get; init; }

    public string? RemoteIpPrefix { get; init; }

    public string? RemoteGroupId { get; init; }

    public string? RemoteAddressGroupId { get; init; }
}

/// <param name="ChildId">The child's security group for it.</param>
/// <param name="Elsewhere">Its members outside of this child.</param>
internal sealed record RemoteGroup(string ChildId, RemoteAddresses Elsewhere);

/// <param name="ChildId">The child's address group; null where it has none, then the addresses themselves count.</param>
/// <param name="Prefixes">As <see cref="Prefix.Of"/> spells them.</param>
internal sealed record RemoteAddresses(string? ChildId, IReadOnlySet<string> Prefixes);

internal sealed record RuleDifference(IReadOnlyList<WantedRule> Missing, IReadOnlyList<SecurityGroupRule> Surplus)
{
    public bool IsNone => Missing.Count == 0 && Surplus.Count == 0;
}
