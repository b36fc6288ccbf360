using Cascade.Oslo.Messaging.Parking;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Topology;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>Serves one topic, from one connection to the next. What is in work outlives a connection.</summary>
sealed partial class Listener : IDisposable
{
    readonly RabbitOptions options;
    readonly RpcServerOptions serving;
    readonly RpcListen listen;
    readonly OsloTopology topology;
    readonly Publisher publisher;
    readonly Replier replier;
    readonly ILogger log;
    readonly TimeProvider clock;
    readonly CancellationToken stopping;
    readonly string fanoutQueue;
    readonly WorkBook book;
    readonly Suspicions suspicions;
    readonly Settlement settlement;
    readonly DeadLetterBox dead;
    readonly Dispatcher dispatcher;
    readonly Servant servant;
    readonly SemaphoreSlim room;
    long sequence;

    public Listener(
        RabbitOptions options,
        RpcServerOptions serving,
        RpcListen listen,
        IRpcEndpoint endpoint,
        Publisher publisher,
        Replier replier,
        QueueNames names,
        ILogger log,
        TimeProvider clock,
        CancellationToken stopping)
    {
        this.options = options;
        this.serving = serving;
        this.listen = listen;
        this.publisher = publisher;
        this.replier = replier;
        this.log = log;
        this.clock = clock;
        this.stopping = stopping;
        topology = new(options);
        fanoutQueue = listen.Fanout ? names.Fanout(listen.Topic) : "";
        book = new(serving.Remembered);
        suspicions = new(listen.Queue, topology, publisher);
        settlement = new(suspicions, log);
        dead = new(listen.Queue, topology, publisher, clock);
        servant = new(endpoint, serving, replier, log, clock, stopping);
        var gate = new Lock();
        dispatcher = new(gate, Math.Min(serving.Concurrency, Prefetch), new(suspicions.NoteAsync, serving.PoisonAfter, log, clock), RunAsync, stopping);
        room = new(Prefetch);
        Parking = new(listen.Queue, gate, dispatcher, book, settlement, topology, publisher, log, Prefetch);
        if (serving.StartParked)
        {
            Parking.Park("not yet resumed");
        }
    }

    public ParkingLot Parking { get; }

    /// <summary>What is read here and what is put aside. A stream is left out: it keeps what was read, so its depth says nothing.</summary>
    public IEnumerable<ServedQueue> Queues
    {
        get
        {
            if (listen.TopicQueue)
            {
                yield return new(listen.Topic, QueueRole.Topic, listen.Topic);
            }

            if (listen.ServerQueue)
            {
                yield return new(listen.Queue, QueueRole.Topic, listen.Queue);
            }

            if (listen.Fanout && !options.RabbitStreamFanout)
            {
                yield return new(fanoutQueue, QueueRole.Fanout, listen.Topic + "_fanout");
            }

            if (serving.Parks)
            {
                yield return new(Parking.Name, QueueRole.Parked, Parking.Name);
                yield return new(dead.Name, QueueRole.Dead, dead.Name, dead.IsUsed);
            }
        }
    }

    ushort Prefetch => options.RabbitQosPrefetchCount > 0 ? options.RabbitQosPrefetchCount : serving.Prefetch;

    bool EarlyAck => serving.Acknowledge == Acknowledge.OnDelivery;

    /// <summary>Ends when no handler runs any more, and starts none.</summary>
    public Task IdleAsync() => dispatcher.StopAsync();

    public void Dispose()
    {
        room.Dispose();
        Parking.Dispose();
    }

    async Task RunAsync(Work work)
    {
        var outcome = await servant.ServeAsync(work);
        dispatcher.Ended(work);
        try
        {
            await SettleAsync(work, outcome);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Not acknowledged: it comes again.
        }
#pragma warning disable CA1031 // The boundary of a message whose handler has ended.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            Log.Unsettled(log, work.Method, work.RequestId, failed.Message);
            // It comes again as long as the broker refuses: with a pause each time, and not as one that the process died with.
            await Task.Delay(TimeSpan.FromSeconds(5), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            settlement.Trust(work);
            // Nobody has it now: what the broker gives next must not be taken for a copy of something in work.
            foreach (var delivery in book.Forget(work))
            {
                await Settlement.ReturnAsync(delivery);
            }
        }
        finally
        {
            dispatcher.Settled();
            if (EarlyAck)
            {
                room.Release();
            }
        }
    }

    async Task SettleAsync(Work work, Outcome outcome)
    {
        if (outcome.Ending == Ending.Park && serving.Parks)
        {
            Parking.Park(work, outcome.Reason);
            return;
        }

        try
        {
            switch (outcome.Ending)
            {
                case Ending.Left:
                    await settlement.ClearAsync(work, CancellationToken.None);
                    book.Forget(work);
                    return;
                case Ending.Dead:
                    await BuryAsync(work, outcome.Reason);
                    return;
                default:
                    await ReplyAsync(work, outcome);
                    settlement.Trust(work);
                    await settlement.AcknowledgeAsync(book.Served(work));
                    return;
            }
        }
        finally
        {
            if (!work.Request.IsCall)
            {
                Parking.Ended(work);
            }
        }
    }

    async Task ReplyAsync(Work work, Outcome outcome)
    {
        var request = work.Request;
        if (!request.IsCall)
        {
            return;
        }

        try
        {
            var failure = outcome.Fault is null ? null : RemoteFailure.Write(outcome.Fault);
            await replier.SendAsync(
                request.ReplyQueue!,
                request.MessageId!,
                () => failure is null ? RpcReply.WriteResult(request.MessageId!, outcome.Result) : RpcReply.WriteFailure(request.MessageId!, failure),
                stopping);
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            // The effect is there; the caller runs into its time-out, as with a native server whose broker is away.
            Log.ReplyFailed(log, work.Method, work.RequestId, failed.Message);
        }
    }

    async Task BuryAsync(Work work, string reason)
    {
        Telemetry.Dead.Add(1, new KeyValuePair<string, object?>("method", work.Method));
        if (serving.Parks)
        {
            await dead.PutAsync(Wire.Envelope.OsloEnvelope.Wrap(work.Deliveries[0].Message), reason, null, stopping);
        }

        Log.DeadLettered(log, work.Method, work.RequestId, serving.Parks ? dead.Name : Nowhere, reason);
        await settlement.ClearAsync(work, stopping);
        await settlement.AcknowledgeAsync(book.Forget(work));
    }
}
