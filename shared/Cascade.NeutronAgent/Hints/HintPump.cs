using Cascade.Agent;
using Cascade.Mirror.Vitals;
using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent.Hints;

/// <summary>
/// Takes what waits in the book, one after the other, and hands it to the nouns. Begins with a comparison of everything. While the child is away nothing
/// is handed out: hints gather, up to the bound of the book.
/// </summary>
public sealed class HintPump(HintBook book, IEnumerable<IHints> nouns, IEnumerable<IResync> resyncs, IChildHealth child, TimeProvider time, ILogger<HintPump> log) : IWorker, IStatusSource, IVital, ICompares
{
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    readonly IHints[] nouns = [.. nouns];
    readonly IResync? resync = resyncs.LastOrDefault();
    volatile bool synced;
    long count;

    string IWorker.Name => "hints";

    string IStatusSource.Name => "hints";

    /// <summary>Whether everything was compared since this copy became the active one: until then the agent counts as starting.</summary>
    public bool HasSynced => synced;

    /// <summary>Full comparisons that were done.</summary>
    public long Resyncs => Interlocked.Read(ref count);

    public IEnumerable<KeyValuePair<string, string>> Read() =>
        [new("waiting", $"{book.Count}"), new("resyncs", $"{Resyncs}"), new("synced", synced ? "yes" : "no")];

    Vital IVital.Read() => new() { Kind = "hints", Pending = new("agent", book.Count, null) };

    public void CompareNow(string why) => book.Resync(why);

    public async Task RunAsync(CancellationToken cancelled)
    {
        using var shown = Ongoing.Show(this);
        synced = false;
        book.Resync("start");
        var pause = Shortest;
        while (true)
        {
            await book.ArrivalAsync(cancelled);
            await child.UntilAnswersAsync(cancelled);
            if (book.Take() is not { } taken)
            {
                continue;
            }

            try
            {
                await DoAsync(taken, cancelled);
                pause = Shortest;
            }
#pragma warning disable CA1031 // The one boundary of what is handed out: it is done again, all of it.
            catch (Exception fault) when (!cancelled.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.ResyncFailed(log, fault, taken.Resync ?? taken.Hint!.ToString(), pause.TotalSeconds);
                await Task.Delay(pause, time, cancelled);
                pause = pause * 2 < Longest ? pause * 2 : Longest;
                book.Resync(taken.Resync ?? $"a hint about {taken.Hint!.Type} {taken.Hint.Id} failed");
            }
        }
    }

    async Task DoAsync(HintTaken taken, CancellationToken cancelled)
    {
        if (taken.Resync is { } why)
        {
            var began = time.GetTimestamp();
            Log.Resyncing(log, why);
            await (resync?.ResyncAsync(why, cancelled) ?? Task.CompletedTask);
            synced = true;
            Interlocked.Increment(ref count);
            Log.Resynced(log, why, time.GetElapsedTime(began).TotalSeconds);
            return;
        }

        foreach (var noun in nouns)
        {
            await noun.TakeAsync(taken.Hint!, cancelled);
        }
    }
}
