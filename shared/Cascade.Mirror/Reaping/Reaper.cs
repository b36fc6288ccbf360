using Cascade.Mirror.Vitals;
using Microsoft.Extensions.Logging;

namespace Cascade.Mirror.Reaping;

/// <summary>
/// Removes from the child what we made and the parent no longer knows: listed in the log first, removed only when it is older than the grace time
/// and has been on the list for half of it. What is not ours is never even listed.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing; a reaper lives as long as its process.
public sealed class Reaper<TSeen>(string name, IReaped<TSeen> reaped, TimeSpan grace, TimeProvider time, ILogger log) : IVital, IReaper
#pragma warning restore CA1001
    where TSeen : class
{
    readonly Dictionary<string, long> listed = new(StringComparer.Ordinal);
    readonly SemaphoreSlim passing = new(1);
    volatile int orphaned;

    /// <summary>Often enough that nothing outlives the grace time by more than half of it.</summary>
    public TimeSpan Period { get; } = TimeSpan.FromSeconds(Math.Clamp(grace.TotalSeconds / 4, 1, 120));

    Vital IVital.Read() => new() { Kind = name, Orphans = orphaned };

    public async Task RunAsync(CancellationToken cancelled)
    {
        using var shown = Ongoing.Show(this);
        while (!cancelled.IsCancellationRequested)
        {
            await Task.Delay(Period, time, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancelled.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await PassAsync(cancelled);
            }
            catch (Exception fault) when (!cancelled.IsCancellationRequested)
            {
                Log.ReapFailed(log, fault, name, "-", fault.Message);
            }
        }
    }

    /// <summary>One pass: lists what is new, removes what was listed before and is old enough.</summary>
    /// <returns>What was asked to go.</returns>
    public async Task<IReadOnlyList<string>> PassAsync(CancellationToken cancelled)
    {
        await passing.WaitAsync(cancelled);
        try
        {
            return await ReapAsync(cancelled);
        }
        finally
        {
            passing.Release();
        }
    }

    public async Task<IReadOnlyList<OrphanSeen>> ListAsync(CancellationToken cancelled)
    {
        var orphans = await reaped.OrphansAsync(cancelled);
        await passing.WaitAsync(cancelled);
        try
        {
            return [.. orphans.Select(orphan => new OrphanSeen(name, reaped.IdOf(orphan.Seen), orphan.ParentId, orphan.Reason, (long)orphan.Age.TotalSeconds, Remaining(orphan)))];
        }
        finally
        {
            passing.Release();
        }
    }

    /// <summary>Both conditions of a pass: old enough, and on the list for long enough.</summary>
    long Remaining(Orphan<TSeen> orphan)
    {
        var known = listed.TryGetValue(reaped.IdOf(orphan.Seen), out var since) ? time.GetElapsedTime(since) : TimeSpan.Zero;
        return (long)Math.Ceiling(Math.Max(0, Math.Max((grace - orphan.Age).TotalSeconds, ((grace / 2) - known).TotalSeconds)));
    }

    async Task<IReadOnlyList<string>> ReapAsync(CancellationToken cancelled)
    {
        var orphans = await reaped.OrphansAsync(cancelled);
        foreach (var (id, _) in listed.Where(one => orphans.All(orphan => reaped.IdOf(orphan.Seen) != one.Key)).ToList())
        {
            listed.Remove(id);
        }

        var removed = new List<string>();
        foreach (var orphan in orphans)
        {
            var id = reaped.IdOf(orphan.Seen);
            if (listed.TryAdd(id, time.GetTimestamp()))
            {
                Log.OrphanListed(log, name, id, orphan.ParentId, orphan.Reason, orphan.Age.TotalSeconds, grace.TotalSeconds);
            }
            else if (orphan.Age >= grace && time.GetElapsedTime(listed[id]) >= grace / 2 && await RemoveAsync(orphan, id, cancelled))
            {
                removed.Add(id);
            }
        }

        orphaned = listed.Count;
        return removed;
    }

    async Task<bool> RemoveAsync(Orphan<TSeen> orphan, string id, CancellationToken cancelled)
    {
        try
        {
            if (!await reaped.ReapAsync(orphan, cancelled))
            {
                return false;
            }

            Telemetry.OrphansReaped.Add(1, new KeyValuePair<string, object?>("kind", name));
            Log.OrphanReaped(log, name, id, orphan.ParentId, orphan.Reason);
            return true;
        }
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
        {
            // The others must not wait for this one; it stays listed.
            Log.ReapFailed(log, fault, name, id, fault.Message);
            return false;
        }
    }
}

/// <summary>Something of ours in the child that stands for nothing.</summary>
/// <param name="Seen">What the child shows.</param>
/// <param name="ParentId">What its stamp says.</param>
/// <param name="Reason">Why nobody wants it, for the operator.</param>
/// <param name="Age">Since it was made, on the child's clock.</param>
public sealed record Orphan<TSeen>(TSeen Seen, string ParentId, string Reason, TimeSpan Age);

/// <summary>Where a <see cref="Reaper{TSeen}"/> looks and what it does.</summary>
public interface IReaped<TSeen>
    where TSeen : class
{
    string IdOf(TSeen seen);

    /// <summary>What we made, what carries our stamp, and what the parent does not know. MUST NOT contain anything whose maker is not certain.</summary>
    Task<IReadOnlyList<Orphan<TSeen>>> OrphansAsync(CancellationToken cancelled);

    /// <summary>Looks once more whether nobody wants it, then asks the child to delete it.</summary>
    /// <returns>False when it is wanted after all.</returns>
    Task<bool> ReapAsync(Orphan<TSeen> orphan, CancellationToken cancelled);
}
