using Cascade.NeutronAgent.Child;
using Cascade.OpenStack.Network;

namespace Cascade.NeutronAgent.Qos;

/// <summary>
/// What an agent has policies for, and how its own are told from those of the others of the same host: each agent makes its own one for a policy of the parent, and
/// changes and removes no other, so that none takes away what another one needs and no two write the same rules.
/// </summary>
/// <param name="Suffix">What stands behind the stamp.</param>
/// <param name="Counts">Types of rules that count for it (<see cref="QosRuleType"/>), others are left out; null for all.</param>
public sealed record QosUse(string Suffix, IReadOnlySet<string>? Counts)
{
    /// <summary>Of ports and networks.</summary>
    public static QosUse Ports { get; } = new("", null);

    /// <summary>Of gateways and floating IPs, for which only rates are limited (neutron/agent/l3/extensions/qos/base.py: SUPPORTED_RULES); other rules have no effect there.</summary>
    public static QosUse Routers { get; } = new(" (routers)", new HashSet<string>(StringComparer.Ordinal) { QosRuleType.BandwidthLimit });

    /// <summary>The description of the child's policy.</summary>
    public string StampOf(string parentId) => Stamp.Of(parentId) + Suffix;

    /// <summary>The parent's id; null when it is none of these.</summary>
    public string? ParentOf(string? description) =>
        description?.EndsWith(Suffix, StringComparison.Ordinal) is true ? Stamp.ParentOf(description[..^Suffix.Length]) : null;
}
