using System.Collections.Concurrent;
using System.Threading.Channels;
using Cascade.Mirror.Queue;
using Cascade.Mirror.Vitals;
using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent.Looking;

/// <summary>
/// What is to be looked at, each thing named once: a note says "look at this again", not what is new about it, so notes that come twice, late or in the
/// wrong order do no harm. One look per thing at a time, several things at once. What fails is looked at again after a pause that doubles.
/// </summary>
/// <remarks>
/// The bound: each id is noted at most once and looked at at most once, so it never holds more than twice as many entries as there are things. Nothing is
/// dropped while it runs; what cannot begin yet waits. When it ends, because this copy is not the active one any more, all is forgotten: whoever is active next begins
/// with a comparison of everything.
/// </remarks>
public sealed class Agenda(string name, AgendaOptions options, Func<string, CancellationToken, Task> look, TimeProvider time, ILogger log) : IWorker, IVital
{
    readonly ConcurrentDictionary<string, byte> noted = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Trouble> troubles = new(StringComparer.Ordinal);
    readonly Channel<string> arrivals = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    readonly ConcurrentDictionary<string, long> since = new(StringComparer.Ordinal);
    readonly Drift drift = new(name);
    readonly KeyedQueue lanes = new(options.Budget, int.MaxValue);
    int under;

    public string Name => name;

    /// <summary>Nothing is noted and nothing is being looked at; what waits for its next try does not count.</summary>
    public bool IsIdle => noted.IsEmpty && Volatile.Read(ref under) == 0;

    /// <summary>How many could not be done and are tried again.</summary>
    public int Troubled => troubles.Count;

    /// <summary>Look at this. Returns at once.</summary>
    public void Note(string id)
    {
        if (noted.TryAdd(id, 0))
        {
            since.TryAdd(id, time.GetTimestamp());
            arrivals.Writer.TryWrite(id);
        }
    }

    /// <summary>A comparison found that it is not as it shall be: look at it, and count it as drift until a look at it succeeds.</summary>
    public void Differs(string id)
    {
        drift.Find(id);
        Note(id);
    }

    /// <summary>What is noted, looked at or waits for its next try, and since when the oldest of it is not as it shall be.</summary>
    public Vital Read()
    {
        var all = since.Values.ToList();
        return new()
        {
            Kind = name,
            Pending = new("agent", all.Count, all.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(all.Min()), Troubled),
            Drift = drift,
        };
    }

    /// <summary>Why the last look failed; null when it did not.</summary>
    public string? TroubleOf(string id) => troubles.TryGetValue(id, out var trouble) ? trouble.Reason : null;

    /// <summary>Does something about a thing while nobody looks at it.</summary>
    public Task AloneAsync(string id, Func<CancellationToken, Task> work, CancellationToken cancelled) =>
        lanes.RunAsync(id, turn => work(turn.Cancelled), cancelled: cancelled);

    public async Task RunAsync(CancellationToken cancelled)
    {
        using var shown = Ongoing.Show(this);
        var places = new SemaphoreSlim(options.Budget * 4);
        var running = new ConcurrentDictionary<Task, byte>();
        try
        {
            while (true)
            {
                await places.WaitAsync(cancelled);
                var one = TurnAsync(await arrivals.Reader.ReadAsync(cancelled), places, cancelled);
                running[one] = 0;
                _ = one.ContinueWith(done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
        finally
        {
            await Task.WhenAll(running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            places.Dispose();
            Forget();
        }
    }

    void Forget()
    {
        while (arrivals.Reader.TryRead(out _))
        {
            // What is noted from now on comes after it, and is kept.
        }

        noted.Clear();
        since.Clear();
        troubles.Clear();
    }

    async Task TurnAsync(string id, SemaphoreSlim places, CancellationToken cancelled)
    {
        Interlocked.Increment(ref under);
        try
        {
            await lanes.RunAsync(
                id,
                async turn =>
                {
                    // From here on a new note means another look: what we read now may be older than what it speaks of.
                    noted.TryRemove(id, out _);
                    await LookAsync(id, turn.Cancelled);
                },
                cancelled: cancelled);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            noted.TryRemove(id, out _);
            since.TryRemove(id, out _);
        }
        finally
        {
            Interlocked.Decrement(ref under);
            places.Release();
        }
    }

    async Task LookAsync(string id, CancellationToken cancelled)
    {
        try
        {
            await look(id, cancelled);
            drift.Heal(id);
            Done(id);
            if (troubles.TryRemove(id, out _))
            {
                Log.LookSucceeded(log, name, id);
            }
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            throw;
        }
        catch (LaterException later)
        {
            TryAgain(id, new(later.Message, 0), later.After, cancelled);
        }
        catch (RefusedException refused)
        {
            if (troubles.GetValueOrDefault(id)?.Reason != refused.Message)
            {
                Log.Refused(log, name, id, refused.Message);
            }

            TryAgain(id, new(refused.Message, 0), options.Refused, cancelled);
        }
#pragma warning disable CA1031 // The one boundary of every look: one bad item never stops the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            var trouble = new Trouble(Faults.Text(fault), (troubles.GetValueOrDefault(id)?.Tries ?? 0) + 1);
            var pause = Pause(trouble.Tries);
            Log.LookFailed(log, fault, name, id, pause.TotalSeconds, trouble.Reason);
            TryAgain(id, trouble, pause, cancelled);
        }
    }

    // A note that came during the look began to wait when it came, or a little later: nearly the same.
    void Done(string id)
    {
        since.TryRemove(id, out _);
        if (noted.ContainsKey(id))
        {
            since.TryAdd(id, time.GetTimestamp());
        }
    }

    TimeSpan Pause(int tries) => TimeSpan.FromSeconds(Math.Min(options.Longest.TotalSeconds, options.First.TotalSeconds * Math.Pow(2, Math.Min(tries, 20) - 1)));

    void TryAgain(string id, Trouble trouble, TimeSpan after, CancellationToken cancelled)
    {
        troubles[id] = trouble;
        _ = NoteLaterAsync(id, trouble, after, cancelled);
    }

    async Task NoteLaterAsync(string id, Trouble trouble, TimeSpan after, CancellationToken cancelled)
    {
        await Task.Delay(after, time, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancelled.IsCancellationRequested && ReferenceEquals(troubles.GetValueOrDefault(id), trouble))
        {
            Note(id);
        }
    }

    sealed class Trouble(string reason, int tries)
    {
        public string Reason { get; } = reason;

        public int Tries { get; } = tries;
    }
}

/// <summary>How an <see cref="Agenda"/> works.</summary>
public sealed record AgendaOptions
{
    /// <summary>Things looked at at once.</summary>
    public int Budget { get; init; } = 32;

    /// <summary>Before the first new try of what failed; it doubles.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What it never gets longer than.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Before a new try of what the child cannot do.</summary>
    public TimeSpan Refused { get; init; } = TimeSpan.FromMinutes(2);
}
