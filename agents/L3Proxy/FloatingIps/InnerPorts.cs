using Cascade.Contracts.Neutron.Objects;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.FloatingIps;

/// <summary>The ports behind floating IPs and NDP proxies, each with what stands for it in the child.</summary>
internal sealed class InnerPorts(IReadOnlyDictionary<string, InnerPort> ports)
{
    public InnerPort? Find(string portId) => ports.GetValueOrDefault(portId);
}

/// <summary>A port of the parent behind a floating IP or an NDP proxy.</summary>
/// <param name="ChildId">The child's; null while it has none.</param>
/// <param name="Host">Where it is bound; empty for nowhere, null when that was not asked because the child has it.</param>
/// <param name="IsHere">It is bound to this host.</param>
internal sealed record InnerPort(string? ChildId, string? Host, bool IsHere)
{
    /// <summary>The other host to which it is bound, into whose child this one cannot reach; null for none.</summary>
    public string? Elsewhere => Host is { Length: > 0 } && !IsHere ? Host : null;

    /// <summary>The parent's, of one that is bound nowhere: it needs a placeholder.</summary>
    public NeutronPort? Unbound { get; init; }

    /// <summary>The placeholder that stands there.</summary>
    public Port? Placeholder { get; init; }
}
