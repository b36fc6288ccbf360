using System.Collections.Concurrent;
using Cascade.Mirror.Vitals;
using Microsoft.Extensions.Logging;

namespace Cascade.Mirror.Watching;

/// <summary>
/// Sees what changes in the child with one list call per look, on the child's own clock with an overlap, and tells it once. Fast while something is
/// expected, slow when nothing is; now and then an audit that also finds what vanished. One bad item never stops the others: it is told again
/// at the next look. It observes and tells, it never acts.
/// </summary>
public sealed partial class Watch<TSeen>(string name, IWatched<TSeen> watched, WatchOptions options, TimeProvider time, ILogger log) : IVital, ICompares, IDisposable
    where TSeen : class
{
    readonly ConcurrentDictionary<string, Expectation> expected = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> told = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Sight<TSeen>> untold = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, long> seenSince = new(StringComparer.Ordinal);
    readonly Drift drift = new(name);
    readonly Dictionary<string, Task> telling = new(StringComparer.Ordinal);
    readonly SemaphoreSlim places = new(options.Reports);
    readonly Nudge nudge = new(time);
    DateTimeOffset? cursor;
    long audited;
    long looked;
    volatile bool everAudited;
    bool away;

    /// <summary>From where the next look asks, on the child's clock; null before the first.</summary>
    public DateTimeOffset? Cursor => cursor;

    /// <summary>How many things are waited for.</summary>
    public int Expected => expected.Count;

    /// <summary>Something is about to change (or may have already): look fast, and tell what is seen of it even if it looks as before.</summary>
    public void Expect(string childId)
    {
        expected[childId] = new(time.GetTimestamp());
        told.TryRemove(childId, out _);
        Nudge();
    }

    /// <summary>What was expected of it has come, or is no longer waited for.</summary>
    public void Settle(string childId) => expected.TryRemove(childId, out _);

    /// <summary>Look now.</summary>
    public void Nudge() => nudge.Give();

    /// <summary>The next look, which is now, is an audit.</summary>
    public void CompareNow(string why)
    {
        everAudited = false;
        Nudge();
    }

    public void Dispose()
    {
        places.Dispose();
        nudge.Dispose();
    }

    /// <summary>Looks until it is cancelled. A look that fails is logged once per outage; the next one reaches back to the last that did not.</summary>
    public async Task RunAsync(CancellationToken cancelled)
    {
        Interlocked.Exchange(ref looked, time.GetTimestamp());
        using var shown = Ongoing.Show(this);
        while (!cancelled.IsCancellationRequested)
        {
            try
            {
                await StartLookAsync(cancelled);
                away = false;
            }
            catch (Exception fault) when (!cancelled.IsCancellationRequested)
            {
                if (!away)
                {
                    Log.LookFailed(log, fault, name, fault.Message);
                }

                away = true;
            }

            await PauseAsync(cancelled);
        }
    }

    /// <summary>One look, and everything told that it showed.</summary>
    public async Task LookAsync(CancellationToken cancelled) => await Task.WhenAll(await StartLookAsync(cancelled));

    async Task<IReadOnlyList<Task>> StartLookAsync(CancellationToken cancelled)
    {
        var asked = time.GetTimestamp();
        if (!everAudited || time.GetElapsedTime(audited) >= options.Audit)
        {
            return Looked(asked, await StartAuditAsync(asked, cancelled));
        }

        var began = watched.ChildNow;
        var seen = await watched.ListAsync(cursor, cancelled);
        var reports = Tell(seen, asked, cancelled);
        reports.AddRange(await RecheckAsync(seen, cancelled));
        cursor = (began ?? watched.ChildNow) - options.Overlap ?? cursor;
        return Looked(asked, reports);
    }

    /// <summary>The child has shown us everything as it was then.</summary>
    IReadOnlyList<Task> Looked(long asked, IReadOnlyList<Task> reports)
    {
        Interlocked.Exchange(ref looked, asked);
        return reports;
    }

    /// <summary>Lists everything. What the parent believed in or somebody expected before the list was asked for, and what is not on it, is confirmed one by one.</summary>
    async Task<IReadOnlyList<Task>> StartAuditAsync(long asked, CancellationToken cancelled)
    {
        // Before it begins: whoever asks for another one meanwhile gets it.
        var first = !everAudited;
        everAudited = true;
        try
        {
            return await AuditAsync(asked, cancelled);
        }
        catch when (first)
        {
            everAudited = false;
            throw;
        }
    }

    async Task<IReadOnlyList<Task>> AuditAsync(long asked, CancellationToken cancelled)
    {
        var believed = (await watched.BelievedAsync(cancelled)).Concat(expected.Keys).ToHashSet(StringComparer.Ordinal);
        var began = watched.ChildNow;
        var seen = await watched.ListAsync(null, cancelled);
        var there = seen.Select(watched.IdOf).ToHashSet(StringComparer.Ordinal);
        foreach (var forgotten in told.Keys.Where(id => !there.Contains(id)))
        {
            told.TryRemove(forgotten, out _);
        }

        if (options.AuditTellsAll)
        {
            // Only what looks the same: what looks otherwise is told anyway, and is drift.
            foreach (var same in seen)
            {
                told.TryRemove(new(watched.IdOf(same), watched.FingerprintOf(same)));
            }
        }

        var reports = Tell(seen, asked, cancelled);
        foreach (var missing in believed.Where(id => !there.Contains(id)))
        {
            reports.Add(ConfirmGoneAsync(missing, cancelled));
        }

        cursor = (began ?? watched.ChildNow) - options.Overlap ?? cursor;
        audited = time.GetTimestamp();
        Log.Audited(log, name, seen.Count, believed.Count);
        return reports;
    }

    async Task<IEnumerable<Task>> RecheckAsync(IReadOnlyList<TSeen> seen, CancellationToken cancelled)
    {
        var there = seen.Select(watched.IdOf).ToHashSet(StringComparer.Ordinal);
        var due = expected.Where(one => !there.Contains(one.Key) && time.GetElapsedTime(one.Value.Checked) >= options.Recheck).ToList();
        var reports = new List<Task>();
        foreach (var (id, expectation) in due)
        {
            expectation.Checked = time.GetTimestamp();
            var asked = time.GetTimestamp();
            if (await watched.FindAsync(id, cancelled) is { } found)
            {
                told.TryRemove(id, out _);
                reports.AddRange(Tell([found], asked, cancelled));
            }
            else
            {
                reports.Add(GoneAsync(id, cancelled));
            }
        }

        return reports;
    }

    async Task ConfirmGoneAsync(string id, CancellationToken cancelled)
    {
        try
        {
            if (await watched.FindAsync(id, cancelled) is null)
            {
                if (!expected.ContainsKey(id))
                {
                    drift.Find(id);
                }

                await GoneAsync(id, cancelled);
            }
        }
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
        {
            Log.ReportFailed(log, fault, name, id, fault.Message);
        }
    }

    async Task GoneAsync(string id, CancellationToken cancelled)
    {
        try
        {
            await watched.ReportGoneAsync(id, cancelled);
            told.TryRemove(id, out _);
            drift.Heal(id);
        }
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
        {
            Log.ReportFailed(log, fault, name, id, fault.Message);
        }
    }

    async Task PauseAsync(CancellationToken cancelled)
    {
        var fast = expected.Values.Any(one => time.GetElapsedTime(one.Since) < options.FastFor) || !untold.IsEmpty;
        var pause = fast && !away ? options.Fast : options.Slow;
        // Asked to stop, the loop sees it by itself.
        await ((Task)nudge.WaitAsync(pause, cancelled)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    sealed class Expectation(long since)
    {
        public long Since { get; } = since;

        public long Checked { get; set; } = since;
    }
}
