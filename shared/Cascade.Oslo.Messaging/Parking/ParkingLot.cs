using System.Diagnostics;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Messaging.Topology;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Parking;

/// <summary>
/// Puts casts aside, in order, while the child is away: <c>cascade.parked.&lt;queue&gt;</c>, durable, declared by nobody but us. Nothing is held for
/// long unacknowledged, and nothing is bounced: what cannot be done is written there and acknowledged here.
/// </summary>
/// <remarks>
/// The order is that of delivery. A cast that is to be parked therefore waits, unacknowledged, until the handlers of all casts before it have ended, because they may
/// park as well; what came out of the parking queue goes back to its head, the rest to its end. Serving goes on in the same order: what was put back, then the
/// queue, then what waits. Calls never wait.
/// </remarks>
sealed partial class ParkingLot(
    string queue, Lock gate, Dispatcher dispatcher, WorkBook book, Settlement settlement, OsloTopology topology, Publisher publisher, ILogger log, int bound)
    : IDisposable
{
    enum State
    {
        Live,
        Parked,
        Draining,
    }

    // Delivered from the server's own queues, to be parked; and delivered from the parking queue, to be put back.
    readonly List<Work> waiting = [];
    readonly List<Work> returning = [];
    readonly SemaphoreSlim turn = new(1);
    State state;
    string reason = "";
    int liveInWork;
    int drainedInWork;
    Stay? stay;

    public static string NameOf(string queue) => "cascade.parked." + queue;

    public string Name { get; } = NameOf(queue);

    public bool IsLive
    {
        get
        {
            lock (gate)
            {
                return state == State.Live;
            }
        }
    }

    /// <summary>Serves a cast from the server's own queues, or puts it behind what is parked.</summary>
    public void Admit(Work cast)
    {
        lock (gate)
        {
            if (state == State.Live)
            {
                liveInWork++;
                dispatcher.Serve(cast);
                return;
            }

            waiting.Add(cast);
        }

        TidyUp();
    }

    /// <summary>A cast's handler ended in anything but parking.</summary>
    public void Ended(Work cast)
    {
        lock (gate)
        {
            Count(cast);
        }

        TidyUp();
    }

    /// <summary>A cast's handler said that it must wait.</summary>
    public void Park(Work cast, string why)
    {
        lock (gate)
        {
            Count(cast);
            if (stay is not null || cast.Deliveries.Exists(delivery => delivery.IsOurs))
            {
                (cast.Parked ? returning : waiting).Add(cast);
            }
            else
            {
                // Its delivery went with the connection; the broker gives it again.
                book.Forget(cast);
            }

            if (state != State.Parked)
            {
                Close(why);
            }
        }

        Telemetry.Parked.Add(1, new KeyValuePair<string, object?>("method", cast.Method));
        TidyUp();
    }

    public void Park(string why)
    {
        lock (gate)
        {
            if (state != State.Parked)
            {
                Close(why);
            }
        }
    }

    public void Resume()
    {
        lock (gate)
        {
            if (state == State.Parked)
            {
                Open();
            }
        }
    }

    public void Dispose() => turn.Dispose();

    void Close(string why)
    {
        state = State.Parked;
        reason = why;
        Log.Parked(log, queue, why);
    }

    void Open()
    {
        state = State.Draining;
        Log.Draining(log, queue);
        stay?.Wake();
    }

    void Count(Work cast)
    {
        if (cast.Parked)
        {
            drainedInWork--;
            stay?.Wake();
        }
        else
        {
            liveInWork--;
        }
    }

    Outgoing Message(Delivery delivery) => new("", Name, Cascade.Oslo.Wire.Envelope.OsloEnvelope.Wrap(delivery.Message))
    {
        First = (declarer, cancelled) => declarer.OwnQueueAsync(topology.KeptQueue(Name, declarer.Broker), cancelled),
        Declares = Name,
        Mandatory = true,
        MayCompress = false,
        Headers = Traced(new() { [Headers.Reason] = reason }, delivery.Trace),
    };

    static Dictionary<string, object?> Traced(Dictionary<string, object?> headers, ActivityContext trace)
    {
        if (trace != default)
        {
            headers[TraceHeaders.Parent] = $"00-{trace.TraceId}-{trace.SpanId}-{(byte)trace.TraceFlags:x2}";
            headers[TraceHeaders.State] = trace.TraceState;
        }

        return headers;
    }
}
