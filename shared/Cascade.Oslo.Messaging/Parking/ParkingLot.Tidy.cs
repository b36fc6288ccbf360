using System.Diagnostics;
using Cascade.Oslo.Messaging.Serving;

namespace Cascade.Oslo.Messaging.Parking;

sealed partial class ParkingLot
{
    /// <summary>Writes to the parking queue what is ready for it. Does nothing most of the time.</summary>
    void TidyUp()
    {
        lock (gate)
        {
            if (stay is null || !IsUntidy())
            {
                return;
            }
        }

        _ = Task.Run(WriteAsync, CancellationToken.None);
    }

    // A cast before it is still in work and may park, too: only then is the order known.
    bool IsUntidy() => state != State.Live
        && ((waiting.Count > 0 && liveInWork == 0) || (state == State.Parked && returning.Count > 0 && drainedInWork == 0));

    async Task WriteAsync()
    {
        var mine = stay;
        if (mine is null)
        {
            return;
        }

        try
        {
            await turn.WaitAsync(mine.Over);
            try
            {
                while (Taken() is { } work)
                {
                    await PutAsync(work, mine.Over);
                }
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException) when (mine.Over.IsCancellationRequested)
        {
            // The deliveries went with their connection: the broker gives them again.
        }
#pragma warning disable CA1031 // The boundary of a background task.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            Log.ParkingFailed(log, queue, failed.Message);
            mine.Fail(failed);
        }
    }

    Work? Taken()
    {
        lock (gate)
        {
            var from = !IsUntidy() ? null
                : state == State.Parked && returning.Count > 0 && drainedInWork == 0 ? returning
                : waiting.Count > 0 && liveInWork == 0 ? waiting
                : null;
            if (from?.MinBy(work => work.Sequence) is not { } first)
            {
                return null;
            }

            from.Remove(first);
            return first;
        }
    }

    async Task PutAsync(Work work, CancellationToken cancelled)
    {
        // From here on another delivery of it is a new one, also when what follows fails. Its copy in the parking queue has the same _unique_id.
        var all = book.Forget(work);
        await settlement.ClearAsync(work, cancelled);
        var deliveries = Array.FindAll(all, delivery => delivery.IsOurs);
        if (Array.Find(deliveries, delivery => !delivery.Parked) is { } live && !Array.Exists(deliveries, delivery => delivery.Parked))
        {
            // Whoever is instrumented writes the trace of this moment into the message: it must be its own.
            using var activity = Telemetry.Begin("park", ActivityKind.Producer, live.Trace);
            await publisher.PublishAsync(Message(live), cancelled);
        }

        foreach (var delivery in deliveries)
        {
            if (delivery.Parked)
            {
                await Settlement.ReturnAsync(delivery);
            }
            else
            {
                await settlement.AcknowledgeAsync(delivery);
            }
        }
    }
}
