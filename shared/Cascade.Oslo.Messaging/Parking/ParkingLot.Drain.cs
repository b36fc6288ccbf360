using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Messaging.Topology;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Parking;

sealed partial class ParkingLot
{
    // What an earlier connection of ours had taken comes back when the broker has noticed its end, perhaps after we looked.
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Before anything is consumed on a new connection: is there something parked?</summary>
    public async Task<Stay> EnterAsync(RabbitSession session, Declarer declarer, CancellationToken cancelled)
    {
        var parked = await declarer.OwnQueueAsync(topology.KeptQueue(Name, session.Broker), cancelled);
        var channel = await session.Connection.CreateChannelAsync(cancellationToken: cancelled);
        var entered = new Stay(channel, cancelled);
        lock (gate)
        {
            stay = entered;
            if (parked > 0 && state == State.Live)
            {
                Open();
            }
        }

        return entered;
    }

    /// <summary>The connection is gone, and with it every delivery.</summary>
    public async Task LeaveAsync(Stay left)
    {
        left.End();
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            lock (gate)
            {
                stay = null;
                foreach (var work in waiting.Concat(returning).Where(IsGone))
                {
                    book.Forget(work);
                }

                waiting.RemoveAll(IsGone);
                returning.RemoveAll(IsGone);
            }
        }
        finally
        {
            turn.Release();
        }

        await left.DisposeAsync();
    }

    /// <summary>Serves what is parked whenever that is wanted, until the connection ends.</summary>
    /// <param name="take">Makes work of a message that was parked; null when there is nothing to serve in it.</param>
    public async Task DrainAsync(Stay mine, Func<IChannel, BasicGetResult, Task<Work?>> take, TimeProvider clock)
    {
        while (true)
        {
            var woken = mine.Woken;
            if (!await StepAsync(mine, take))
            {
                await Task.WhenAny(woken.WaitAsync(LookAgain, clock, mine.Over));
                mine.Over.ThrowIfCancellationRequested();
            }
        }
    }

    /// <returns>False when there is nothing to do for now.</returns>
    async Task<bool> StepAsync(Stay mine, Func<IChannel, BasicGetResult, Task<Work?>> take)
    {
        await turn.WaitAsync(mine.Over);
        try
        {
            lock (gate)
            {
                if (state == State.Parked || drainedInWork >= bound)
                {
                    return false;
                }

                if (state == State.Draining && returning.Count > 0)
                {
                    // Parked again and now wanted again, before they were put back.
                    returning.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
                    drainedInWork += returning.Count;
                    returning.ForEach(dispatcher.Serve);
                    returning.Clear();
                    return true;
                }
            }

            var next = await mine.Channel.BasicGetAsync(Name, autoAck: false, mine.Over);
            if (next is null)
            {
                return Emptied();
            }

            if (await take(mine.Channel, next) is { } work)
            {
                lock (gate)
                {
                    if (state == State.Live)
                    {
                        Open();
                    }

                    if (state == State.Parked)
                    {
                        returning.Add(work);
                    }
                    else
                    {
                        drainedInWork++;
                        dispatcher.Serve(work);
                    }
                }

                TidyUp();
            }

            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    static bool IsGone(Work work) => !work.Deliveries.Exists(delivery => delivery.Acknowledged);

    bool Emptied()
    {
        lock (gate)
        {
            if (state != State.Draining)
            {
                return false;
            }

            // Nothing can come between: whoever admits or parks needs this lock, whoever writes to the parking queue this turn.
            state = State.Live;
            Log.Live(log, queue);
            waiting.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
            liveInWork += waiting.Count;
            waiting.ForEach(dispatcher.Serve);
            waiting.Clear();
            return false;
        }
    }
}
