using System.Collections.Concurrent;

namespace Cascade.L2Proxy.Mirroring;

/// <summary>What somebody has begun to read by itself since full lists were last asked for: what the lists say of it is older.</summary>
internal sealed class Touched
{
    readonly ConcurrentDictionary<string, byte> ids = new(StringComparer.Ordinal);

    /// <summary>Before it is read.</summary>
    public void Add(string id) => ids[id] = 0;

    public bool Has(string id) => ids.ContainsKey(id);

    /// <summary>Full lists are about to be asked for.</summary>
    public void BeginLists() => ids.Clear();
}
