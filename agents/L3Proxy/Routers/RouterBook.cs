using System.Collections.Concurrent;

namespace Cascade.L3Proxy.Routers;

/// <summary>What stands for which router, and what the parent believes of its parts: a cache, rebuilt by every comparison.</summary>
internal sealed class RouterBook
{
    readonly ConcurrentDictionary<string, RouterEntry> byParent = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> byChild = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> leaving = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, byte> touched = new(StringComparer.Ordinal);

    public IReadOnlyCollection<RouterEntry> All => [.. byParent.Values];

    public RouterEntry? Find(string routerId) => byParent.GetValueOrDefault(routerId);

    public RouterEntry? FindByChild(string? childId) => childId is not null && byChild.TryGetValue(childId, out var id) ? Find(id) : null;

    public void Set(RouterEntry entry)
    {
        byParent[entry.ParentId] = entry;
        if (entry.ChildId is { } childId)
        {
            byChild[childId] = entry.ParentId;
        }
    }

    public void Remove(string routerId)
    {
        leaving.TryRemove(routerId, out _);
        if (byParent.TryRemove(routerId, out var entry) && entry.ChildId is { } childId)
        {
            byChild.TryRemove(new(childId, routerId));
        }
    }

    /// <summary>The parent said that it is no longer here.</summary>
    /// <returns>Whether it was.</returns>
    public bool Leaves(string routerId)
    {
        if (!byParent.ContainsKey(routerId))
        {
            return false;
        }

        leaving[routerId] = true;
        return true;
    }

    /// <summary>The parent said both that it is here and that it is not, and nobody knows which came last.</summary>
    public void Doubt(string routerId) => leaving[routerId] = false;

    /// <summary>It is here.</summary>
    public void Stays(string routerId) => leaving.TryRemove(routerId, out _);

    /// <summary>True when it is gone from here, false when that is to be asked, null when nobody said so.</summary>
    public bool? Leaving(string routerId) => leaving.TryGetValue(routerId, out var certain) ? certain : null;

    /// <summary>A comparison of everything begins to read: what is looked at from here on is newer than its lists.</summary>
    public void BeginList() => touched.Clear();

    public void Touch(string routerId) => touched[routerId] = 0;

    public bool WasTouched(string routerId) => touched.ContainsKey(routerId);
}

/// <summary>A router of this host.</summary>
/// <param name="ChildId">Null until it is made.</param>
internal sealed record RouterEntry(string ParentId, string? ChildId)
{
    public bool HasGateway { get; init; }

    public int Interfaces { get; init; }

    /// <summary>The parent's port → the parent's status, of interfaces, gateway and what stands for them.</summary>
    public IReadOnlyDictionary<string, RouterPortState> Ports { get; init; } = new Dictionary<string, RouterPortState>(StringComparer.Ordinal);

    /// <summary>The parent's floating IP → what it believes of it.</summary>
    public IReadOnlyDictionary<string, FloatingIpState> FloatingIps { get; init; } = new Dictionary<string, FloatingIpState>(StringComparer.Ordinal);

    /// <summary>Something is not up that may become so: it is asked for until it is.</summary>
    public bool IsPending =>
        Ports.Values.Any(port => port is { AdminUp: true, ChildId: not null, Believed: not "ACTIVE" }) || FloatingIps.Values.Any(ip => ip is { Fault: null, ChildId: not null, Believed: not "ACTIVE" });
}

/// <param name="Believed">The parent's status.</param>
/// <param name="ChildId">The child's port; null for none.</param>
internal sealed record RouterPortState(string? Believed, bool AdminUp, string? ChildId);

/// <param name="Believed">The parent's status.</param>
/// <param name="PortId">The parent's port to which it leads; null for one of which ports are forwarded.</param>
/// <param name="ChildId">The child's floating IP; null for none.</param>
/// <param name="Fault">Why there is none; null when it is awaited only.</param>
internal sealed record FloatingIpState(string? Believed, string? PortId, string? ChildId, string? Fault);
