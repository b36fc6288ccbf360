using System.Collections.Concurrent;

namespace Cascade.L3Proxy.Routers;

/// <summary>What stands for which router, and what the parent believes of its parts: a cache, rebuilt by every comparison.</summary>
internal sealed class RouterBook : IRecovery
{
    readonly ConcurrentDictionary<string, RouterEntry> byParent = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> byChild = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, byte> leaving = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, long> lost = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> expected = new(StringComparer.Ordinal);
    long clock;
    long compared;

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

    /// <summary>
    /// This copy is the active one again: another may have been meanwhile, and what it told the parent since is not in here. Only what may stand for them is kept, until the
    /// comparison has asked which are here.
    /// </summary>
    public Task RecoverAsync(CancellationToken cancelled)
    {
        lock (expected)
        {
            leaving.Clear();
            foreach (var known in All)
            {
                byParent[known.ParentId] = new(known.ParentId, known.ChildId) { IsOfEarlierTurn = true };
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>It is this host's, and is to be looked at: what is told of it from now on is our business.</summary>
    public void Expect(string routerId)
    {
        lock (expected)
        {
            expected[routerId] = Moment();
            byParent.AddOrUpdate(routerId, new RouterEntry(routerId, null), static (_, known) => known.IsOfEarlierTurn ? known with { IsOfEarlierTurn = false } : known);
        }
    }

    /// <summary>As <see cref="Set"/>, unless somebody has noted something else meanwhile: that is newer.</summary>
    public void Replace(RouterEntry held, RouterEntry entry) => byParent.TryUpdate(held.ParentId, entry, held);

    /// <summary>Nothing stands for it any more. One that came back (<see cref="Expect"/>) while it was taken away stays known: its next look makes it anew.</summary>
    /// <param name="routerId">The parent's.</param>
    /// <param name="asOf">The <see cref="Moment"/> at which the look that took it away began.</param>
    public void Remove(string routerId, long asOf)
    {
        RouterEntry? entry;
        lock (expected)
        {
            byParent.TryRemove(routerId, out entry);
            if (expected.GetValueOrDefault(routerId) > asOf)
            {
                byParent[routerId] = new(routerId, null);
            }
            else
            {
                expected.Remove(routerId);
                leaving.TryRemove(routerId, out _);
            }
        }

        if (entry?.ChildId is { } childId)
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

        leaving[routerId] = 0;
        return true;
    }

    /// <summary>It is here.</summary>
    /// <returns>Whether it was to leave.</returns>
    public bool Stays(string routerId) => leaving.TryRemove(routerId, out _);

    public bool IsLeaving(string routerId) => leaving.ContainsKey(routerId);

    /// <summary>Now, to be asked about later.</summary>
    public long Moment() => Interlocked.Increment(ref clock);

    /// <summary>The parent was told that a router leads this floating IP no longer: what was read of it before is not what it believes.</summary>
    public void Lost(string floatingIp) => lost[floatingIp] = Moment();

    public bool WasLostSince(string floatingIp, long moment) => lost.TryGetValue(floatingIp, out var at) && at > moment;

    /// <summary>Once for each comparison: what was lost before the last one is of no look that is still under way.</summary>
    public void ForgetLost()
    {
        foreach (var old in lost.Where(one => one.Value < compared))
        {
            lost.TryRemove(old);
        }

        compared = Moment();
    }

    /// <summary>The routers that lead it, beside one.</summary>
    public IEnumerable<RouterEntry> Leading(string floatingIp, string besides) =>
        byParent.Values.Where(entry => entry.ParentId != besides && entry.FloatingIps.ContainsKey(floatingIp));
}

/// <summary>A router of this host.</summary>
/// <param name="ChildId">Null until it is made.</param>
internal sealed record RouterEntry(string ParentId, string? ChildId)
{
    /// <summary>From when this copy was the active one before (<see cref="RouterBook.RecoverAsync"/>): nothing is known of what the parent believes, and it may be another host's.</summary>
    public bool IsOfEarlierTurn { get; init; }

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
