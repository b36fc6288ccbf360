using System.Collections.Concurrent;
using Cascade.L2Proxy.Mirroring;

namespace Cascade.L2Proxy.Ports;

/// <summary>What stands for which port and what both clouds last said of it: a cache, rebuilt by every resync.</summary>
internal sealed class PortBook
{
    readonly ConcurrentDictionary<string, PortEntry> byParent = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> byChild = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> byNetwork = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> leaving = new(StringComparer.Ordinal);

    public IReadOnlyCollection<PortEntry> All => [.. byParent.Values];

    public int Count => byParent.Count;

    /// <summary>Ports of the parent.</summary>
    public Touched Touched { get; } = new();

    public PortEntry? Find(string portId) => byParent.GetValueOrDefault(portId);

    public PortEntry? FindByChild(string childId) => byChild.TryGetValue(childId, out var parent) ? Find(parent) : null;

    /// <summary>The ports of our host on this network of the parent.</summary>
    public IReadOnlyList<PortEntry> On(string networkId) =>
        byNetwork.TryGetValue(networkId, out var ports) ? [.. ports.Keys.Select(Find).OfType<PortEntry>()] : [];

    public void Set(PortEntry entry)
    {
        if (Find(entry.ParentId) is { ChildId: { } before } && before != entry.ChildId)
        {
            byChild.TryRemove(before, out _);
        }

        byParent[entry.ParentId] = entry;
        byNetwork.GetOrAdd(entry.NetworkId, static _ => new(StringComparer.Ordinal))[entry.ParentId] = 0;
        if (entry.ChildId is { } childId)
        {
            byChild[childId] = entry.ParentId;
        }
    }

    /// <summary>What the parent wants now, with what was last seen in the child: a look that began later counts, whoever comes first.</summary>
    /// <returns>What is known now.</returns>
    public PortEntry Learn(PortEntry entry)
    {
        var now = Find(entry.ParentId) is { } known && known.ChildId == entry.ChildId && known.Looked > entry.Looked ? entry with { Seen = known.Seen, Mark = known.Mark, Looked = known.Looked } : entry;
        Set(now);
        return now;
    }

    /// <summary>The child's port was seen.</summary>
    /// <param name="mark">What it carries there.</param>
    /// <param name="asked">Our clock's timestamp when the child was asked.</param>
    /// <returns>What is known now; null when somebody has looked since, or when it stands for nothing.</returns>
    public PortEntry? See(string childId, string? status, PortMark mark, long asked)
    {
        while (FindByChild(childId) is { } entry && entry.Looked <= asked)
        {
            var now = entry with { Seen = status, Mark = mark, Looked = asked };
            if (byParent.TryUpdate(entry.ParentId, now, entry))
            {
                return now;
            }
        }

        return null;
    }

    /// <summary>It carries this mark in the child now.</summary>
    public void Mark(string childId, PortMark mark)
    {
        while (FindByChild(childId) is { } entry && !byParent.TryUpdate(entry.ParentId, entry with { Mark = mark }, entry))
        {
            // Somebody else changed it in between: again.
        }
    }

    /// <summary>The child's ports that no question for marks can find: what carries none, and what is to go.</summary>
    public IReadOnlyList<string> Unmarked => [.. byParent.Values.Where(entry => entry.Mark is PortMark.None).Select(entry => entry.ChildId).OfType<string>().Union(leaving.Keys)];

    /// <summary>The parent believes this now, because we tell it; null when that is not certain.</summary>
    public void Believe(string portId, string? status)
    {
        while (byParent.TryGetValue(portId, out var entry) && !byParent.TryUpdate(portId, entry with { Believed = status }, entry))
        {
            // Somebody else changed it in between: again.
        }
    }

    public void Remove(string portId)
    {
        if (!byParent.TryRemove(portId, out var entry))
        {
            return;
        }

        if (entry.ChildId is { } childId)
        {
            byChild.TryRemove(childId, out _);
        }

        if (byNetwork.TryGetValue(entry.NetworkId, out var ports))
        {
            ports.TryRemove(portId, out _);
        }
    }

    /// <summary>This port of the child goes as soon as the server there lets go of it.</summary>
    public void Leaves(string childId, string portId) => leaving[childId] = portId;

    /// <summary>The parent's port for which this one of the child was made that is to go.</summary>
    public string? LeavingFor(string childId) => leaving.GetValueOrDefault(childId);

    /// <summary>The child's ports that are to go and stood for this one.</summary>
    public IReadOnlyList<string> LeavingOf(string portId) => [.. leaving.Where(one => one.Value == portId).Select(one => one.Key)];

    public void Left(string childId) => leaving.TryRemove(childId, out _);
}

/// <summary>A port of the parent on our host.</summary>
/// <param name="NetworkId">The parent's.</param>
/// <param name="Shape">Everything that the parent said of it but its status, when it was mirrored.</param>
/// <param name="Believed">The parent's status.</param>
/// <param name="ChildId">Null while nothing stands for it.</param>
/// <param name="Seen">The child's status.</param>
/// <param name="Looked">Our clock's timestamp when the child was asked.</param>
internal sealed record PortEntry(
    string ParentId, string NetworkId, string ProjectId, string MacAddress, bool AdminUp, string Shape, string? Believed, string? ChildId, string? Seen, long Looked)
{
    public PortMark Mark { get; init; }

    /// <summary>What the child's port shall be; null while it could not be said.</summary>
    public WantedPort? Wanted { get; init; }
}
