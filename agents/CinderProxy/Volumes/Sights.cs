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

    /// <summary>Waits beside the budget until what is seen is so. One at a time for one volume, for it is within the volume's turn.</summary>
    /// <param name="over">Whether this is what was waited for, good or bad.</param>
    /// <returns>Null when the volume is gone.</returns>
    /// <exception cref="ParkException">It is still under way and the message may not be held longer: it comes back and waits on.</exception>
    public async Task<Volume?> UntilAsync(string childId, Func<Volume, bool> over, Turn turn)
    {
        var wait = new Wait(over, time.GetTimestamp());
        waits[childId] = wait;
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

    sealed class Wait(Func<Volume, bool> over, long since)
    {
        public Func<Volume, bool> Over => over;

        public long Since => since;

        public TaskCompletionSource<Volume?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
