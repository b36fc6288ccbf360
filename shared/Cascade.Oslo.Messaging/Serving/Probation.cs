using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>
/// When those may begin that were with lives that died: the fewer at once, the fewer deaths they have left, so that one that kills is found and nothing is given up in its
/// place. It is noted that one begins; what only waits is not counted.
/// </summary>
/// <param name="note">Writes down that the message of this <c>_unique_id</c> begins.</param>
/// <param name="limit">So many deaths, and a message is given up.</param>
sealed class Probation(Func<string, CancellationToken, Task> note, int limit, ILogger log, TimeProvider clock)
{
    const int Few = 8;

    // What kills does it soon, and a child that takes minutes over an order must not hold up all others.
    static readonly TimeSpan Watched = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    readonly Dictionary<Work, ITimer> watched = [];

    /// <summary>Called when another one may begin.</summary>
    public Action Freed { get; set; } = static () => { };

    /// <summary>Whether it may begin beside those that are watched; what was with no death always may.</summary>
    public bool Admits(Work next)
    {
        if (next.Deaths == 0)
        {
            return true;
        }

        var most = (limit - next.Deaths) switch { <= 1 => 1, 2 => Few, _ => int.MaxValue };
        lock (gate)
        {
            return watched.Keys.Count(other => other.Deaths >= next.Deaths) < most;
        }
    }

    /// <summary>Notes that it begins, and watches it for a while.</summary>
    public async Task EnterAsync(Work work, CancellationToken stopping)
    {
        lock (gate)
        {
            watched[work] = clock.CreateTimer(_ => Leave(work), null, Watched, Timeout.InfiniteTimeSpan);
        }

        try
        {
            work.Suspect = true;
            await note(work.Request.UniqueId!, stopping);
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            // One that kills comes once more then; not serving what cannot be noted would be worse.
            Log.NoteFailed(log, work.Method, work.RequestId, failed.Message);
        }
    }

    /// <summary>It ended, or lived long enough.</summary>
    public void Leave(Work work)
    {
        ITimer? timer;
        lock (gate)
        {
            if (!watched.Remove(work, out timer))
            {
                return;
            }
        }

        timer.Dispose();
        Freed();
    }
}
