using Cascade.NeutronAgent.Child;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Placeholders;

/// <summary>What shall stand in the child for a port that is bound nowhere (<see cref="NeutronAgent.Ports.Placeholder"/>).</summary>
/// <param name="NetworkId">The child's.</param>
/// <param name="FixedIps">On the child's subnets.</param>
internal sealed record WantedPlaceholder(string ParentPortId, string NetworkId, string MacAddress, IReadOnlyList<FixedIp> FixedIps)
{
    public string Description => Stamp.Of(ParentPortId);

    /// <summary>What stands there; null while nothing does.</summary>
    public string? ChildId { get; init; }

    /// <summary>It has other addresses.</summary>
    public bool Differs { get; init; }

    public bool IsDue => ChildId is null || Differs;
}
