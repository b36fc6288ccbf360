using System.Collections.Concurrent;
using Cascade.Mirror.Queue;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Messaging.Rpc;

namespace Cascade.CinderProxy.Volumes;

/// <summary>
/// What the watch sees of a volume, for an order that holds its message until the child has done it (an extend: its reservations are in the message and nowhere
/// else). While somebody waits for a volume, what is seen of it is his.
/// </summary>
internal sealed class Sights(Expectations expectations, CinderProxyOptions options, TimeProvider time)
{
    /// <summary>A message may not be held longer: the server gives it up after 20 minutes.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    readonly ConcurrentDictionary<string, Wait> waits = new(StringComparer.Ordinal);
    readonly Lock gate = new();
    readonly Dictionary<string, List<Telling>> tellings = new(StringComparer.Ordinal);

    public bool IsAwaited(string childId) => waits.ContainsKey(childId);

    /// <summary>Any thread.</summary>
    /// <param name="seen">Null when the child confirmed that it is not there.</param>
    /// <returns>False when nobody waits for it.</returns>
    public bool Show(string childId, Volume? seen, long asked)
    {
        if (!waits.TryGetValue(childId, out var wait))
        {
            return false;
        }

        if (asked >= wait.Since && (seen is null || wait.Over(seen)))
        {
            wait.Done.TrySetResult(seen);
        }

        return true;
    }

    /// <summary>
    /// Tells of a volume unless somebody comes to wait for it: he does so within the volume's turn, for which the telling waits, and each would wait for the other. He is shown
    /// the next sight instead. Any thread.
    /// </summary>
    /// <param name="tell">Waits for the volume's turn.</param>
    public async Task TellAsync(string childId, Func<CancellationToken, Task> tell, CancellationToken cancelled)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var telling = new Telling(left);
        Enter(childId, telling);
        try
        {
            if (!IsAwaited(childId))
            {
                await tell(left.Token);
            }
        }
        catch (OperationCanceledException) when (telling.IsLeft && !cancelled.IsCancellationRequested)
        {
            // Who waits sees for himself.
        }
        finally
        {
            Leave(childId, telling);
        }
    }

    /// <summary>Waits beside the budget until what is seen is so. One at a time for one volume, for it is within the volume's turn.</summary>
    /// <param name="over">Whether this is what was waited for, good or bad.</param>
    /// <returns>Null when the volume is gone.</returns>
    /// <exception cref="ParkException">It is still under way and the message may not be held longer: it comes back and waits on.</exception>
    public async Task<Volume?> UntilAsync(string childId, Func<Volume, bool> over, Turn turn)
    {
        var wait = new Wait(over, time.GetTimestamp());
        waits[childId] = wait;
        LeaveAll(childId);
        expectations.Expect(childId);
        try
        {
            var limit = options.OrderTimeout < Longest ? options.OrderTimeout : Longest;
            return await turn.AsideAsync(stop => wait.Done.Task.WaitAsync(limit, time, stop));
        }
        catch (TimeoutException)
        {
            throw new ParkException($"the child is still at work on volume {childId}");
        }
        finally
        {
            waits.TryRemove(new(childId, wait));
            expectations.Settle(childId);
        }
    }

    void Enter(string childId, Telling telling)
    {
        lock (gate)
        {
            if (!tellings.TryGetValue(childId, out var of))
            {
                tellings[childId] = of = [];
            }

            of.Add(telling);
        }
    }

    void Leave(string childId, Telling telling)
    {
        lock (gate)
        {
            if (tellings.TryGetValue(childId, out var of) && of.Remove(telling) && of.Count == 0)
            {
                tellings.Remove(childId);
            }
        }
    }

    void LeaveAll(string childId)
    {
        lock (gate)
        {
            foreach (var telling in tellings.GetValueOrDefault(childId) ?? [])
            {
                telling.Leave();
            }
        }
    }

    sealed class Telling(CancellationTokenSource left)
    {
        public bool IsLeft { get; private set; }

        /// <summary>Under the lock under which it is still there.</summary>
        public void Leave()
        {
            IsLeft = true;
            // What the telling does when it ends takes the lock again.
            _ = left.CancelAsync();
        }
    }

    sealed class Wait(Func<Volume, bool> over, long since)
    {
        public Func<Volume, bool> Over => over;

        public long Since => since;

        public TaskCompletionSource<Volume?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
