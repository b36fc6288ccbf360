using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack.Network;

namespace Cascade.NeutronAgent.Qos;

/// <summary>The parent's QoS policy in the child's words.</summary>
public static class QosMap
{
    const int LongestName = 255;

    /// <param name="of">As the parent has it.</param>
    /// <param name="types">The rule types that the child can do.</param>
    /// <param name="counts">Those that count for what has it; null for all.</param>
    /// <exception cref="RefusedException">It has a rule of a type that the child cannot do.</exception>
    public static WantedPolicy Wanted(NeutronQosPolicy of, IReadOnlyCollection<string> types, IReadOnlySet<string>? counts = null)
    {
        var rules = of.Rules.Where(rule => counts?.Contains(rule.Type) is not false).ToList();
        if (rules.Find(rule => !types.Contains(rule.Type)) is { } odd)
        {
            throw new RefusedException($"QoS policy {of.Id} has a rule of type {odd.Type}, which the child cannot do: it can do {string.Join(", ", types.Order(StringComparer.Ordinal))}");
        }

        var name = of.Name ?? "";
        return new(of.Id, name.Length <= LongestName ? name : name[..LongestName], [.. rules.Select(Wanted)]);
    }

    /// <summary>A policy has at most one rule of a type in a direction (neutron/objects/qos/rule.py: duplicates_compare_fields): by these two rules are the same.</summary>
    public static QosDifference Difference(IEnumerable<QosRule> seen, WantedPolicy wanted)
    {
        var there = seen.ToList();
        var missing = wanted.Rules.Where(rule => !there.Exists(one => IsSame(one, rule))).ToList();
        var changed = wanted.Rules.Select(rule => (Seen: there.Find(one => IsSame(one, rule)), Rule: rule)).Where(pair => pair.Seen is not null && !Says(pair.Seen, pair.Rule.Body))
            .Select(pair => (pair.Seen!, pair.Rule)).ToList();
        return new(missing, changed, [.. there.Where(one => !wanted.Rules.Any(rule => IsSame(one, rule)))]);
    }

    static WantedQosRule Wanted(NeutronQosRule rule) => new(rule.Type, new()
    {
        Direction = rule.Type == QosRuleType.DscpMarking ? null : rule.Direction ?? "egress",
        MaxKbps = rule.MaxKbps,
        MaxBurstKbps = rule.MaxBurstKbps,
        MinKbps = rule.MinKbps,
        MaxKpps = rule.MaxKpps,
        MaxBurstKpps = rule.MaxBurstKpps,
        MinKpps = rule.MinKpps,
        DscpMark = rule.DscpMark,
    });

    static bool IsSame(QosRule seen, WantedQosRule rule) =>
        seen.Type == rule.Type && (rule.Type == QosRuleType.DscpMarking || (seen.Direction ?? "egress") == rule.Body.Direction);

    static bool Says(QosRule seen, QosRuleRequest body) =>
        seen.MaxKbps == body.MaxKbps
        && (seen.MaxBurstKbps ?? 0) == (body.MaxBurstKbps ?? 0)
        && seen.MinKbps == body.MinKbps
        && seen.MaxKpps == body.MaxKpps
        && (seen.MaxBurstKpps ?? 0) == (body.MaxBurstKpps ?? 0)
        && seen.MinKpps == body.MinKpps
        && seen.DscpMark == body.DscpMark;
}

/// <param name="ParentId">What the stamp names.</param>
public sealed record WantedPolicy(string ParentId, string Name, IReadOnlyList<WantedQosRule> Rules);

/// <param name="Type">One of <see cref="QosRuleType"/>.</param>
public sealed record WantedQosRule(string Type, QosRuleRequest Body);

public sealed record QosDifference(IReadOnlyList<WantedQosRule> Missing, IReadOnlyList<(QosRule Seen, WantedQosRule Rule)> Changed, IReadOnlyList<QosRule> Surplus)
{
    public bool IsNone => Missing.Count == 0 && Changed.Count == 0 && Surplus.Count == 0;
}
