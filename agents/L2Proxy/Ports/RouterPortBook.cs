using System.Collections.Concurrent;

namespace Cascade.L2Proxy.Ports;

/// <summary>The parent's router ports on our host that need their network in the child: a cache, rebuilt by every resync.</summary>
internal sealed class RouterPortBook
{
    readonly ConcurrentDictionary<string, string> networkOf = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> All => [.. networkOf.Keys];

    public bool Knows(string portId) => networkOf.ContainsKey(portId);

    /// <summary>Whether any of them is on this network of the parent. They are few: a handful for each router.</summary>
    public bool IsAnyOn(string networkId) => networkOf.Any(port => port.Value == networkId);

    public void Set(string portId, string networkId) => networkOf[portId] = networkId;

    /// <returns>The network that it was on; null when it was not known.</returns>
    public string? Remove(string portId) => networkOf.TryRemove(portId, out var networkId) ? networkId : null;
}
