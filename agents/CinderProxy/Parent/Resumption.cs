using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Parent;

/// <summary>
/// Finishes what an earlier life began and no message brings back. Native puts what was being made to error and deletes again what was going
/// (cinder/manager.py: CleanableManager.do_cleanup); here the child is looked at. A message that was not acknowledged comes again by itself, so a row is only
/// taken up when it has waited for a while, nobody works on it, and no message is left at the broker.
/// </summary>
internal sealed class Resumption(IEnumerable<IUnfinished> nouns, IChildHealth health, IBacklog backlog, TimeProvider time, ILogger<Resumption> log) : IRecovery, IWorker
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    readonly List<Waiting> all = [.. nouns.Select(noun => new Waiting(noun))];

    public string Name => "resumption";

    public async Task RecoverAsync(CancellationToken cancelled)
    {
        foreach (var one in all)
        {
            await one.Noun.ReadLinksAsync(cancelled);
        }
    }

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await Task.Delay(Period, time, cancelled);
            if (health.Answers)
            {
                await PassAsync(cancelled);
            }
            else
            {
                // What is parked comes back with the child: begin to count then.
                all.ForEach(one => one.Since.Clear());
            }
        }
    }

    /// <summary>One pass over what is on its way.</summary>
    public async Task PassAsync(CancellationToken cancelled)
    {
        bool? isLeft = null;
        foreach (var one in all)
        {
            var rows = await one.Noun.ReadAsync(cancelled);
            foreach (var over in one.Since.Keys.Except(rows.Select(row => row.Id), StringComparer.Ordinal).ToList())
            {
                one.Since.Remove(over);
            }

            foreach (var row in rows.Where(row => IsDue(one, row)))
            {
                if (isLeft ??= await backlog.AnyAsync(cancelled))
                {
                    // More than we may hold at once: what waits with the broker is not lost.
                    one.Since.Remove(row.Id);
                    continue;
                }

                await FinishAsync(one.Noun, row, cancelled);
                one.Since.Remove(row.Id);
            }
        }
    }

    /// <summary>What an administrator asks for is not waited for.</summary>
    public async Task PassAsync(Cleanup asked, CancellationToken cancelled)
    {
        foreach (var noun in all.Select(one => one.Noun).Where(noun => asked.IsOf(noun.ResourceType)))
        {
            foreach (var row in (await noun.ReadAsync(cancelled)).Where(row => asked.Covers(noun.ResourceType, row)))
            {
                await FinishAsync(noun, row, cancelled);
            }
        }
    }

    /// <summary>Whether it has been as it is for so long that no message can be on its way.</summary>
    bool IsDue(Waiting one, Unfinished row)
    {
        if (one.Noun.IsInHand(row.Id))
        {
            one.Since.Remove(row.Id);
            return false;
        }

        if (!one.Since.TryGetValue(row.Id, out var since) || since.Status != row.Status)
        {
            one.Since[row.Id] = (row.Status, time.GetTimestamp());
            return false;
        }

        return time.GetElapsedTime(since.At) >= one.Noun.PatienceWith(row);
    }

    async Task FinishAsync(IUnfinished noun, Unfinished row, CancellationToken cancelled)
    {
        if (noun.IsInHand(row.Id))
        {
            return;
        }

        Log.Resuming(log, row.Id, row.Status);
        try
        {
            await noun.FinishAsync(row, cancelled);
        }
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
        {
            // One that cannot go on now does not keep the others; it is considered again.
            Log.ResumeFailed(log, fault, row.Id, fault.Message);
        }
    }

    sealed class Waiting(IUnfinished noun)
    {
        public IUnfinished Noun => noun;

        public Dictionary<string, (string Status, long At)> Since { get; } = new(StringComparer.Ordinal);
    }
}
