using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Cascade.Oslo.Messaging.Serving;

sealed partial class Listener
{
    volatile IReadOnlyList<string> tags = [];
    volatile IChannel? consuming;
    volatile bool quitting;
    long? streamOffset;

    /// <summary>Declares, binds and consumes; ends with an exception when the channel or the connection does.</summary>
    /// <param name="started">Called when everything is consumed.</param>
    public async Task ServeAsync(RabbitSession session, Action started, CancellationToken cancelled)
    {
        if (quitting)
        {
            // A connection that came back while it stops: it is over in a moment.
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancelled);
        }

        var declarer = new Declarer(session, log);
        await using var closing = declarer;
        var queues = await DeclareAsync(session, declarer, cancelled);
        if (!EarlyAck)
        {
            await suspicions.ReadAsync(session, declarer, cancelled);
        }

        var stay = serving.Parks ? await Parking.EnterAsync(session, declarer, cancelled) : null;
        var over = stay?.Over ?? cancelled;
        try
        {
            await using var channel = await session.Connection.CreateChannelAsync(cancellationToken: cancelled);
            await channel.BasicQosAsync(0, Prefetch, global: false, cancelled);
            var end = new ChannelEnd(channel);
            consuming = channel;
            tags = [];
            foreach (var queue in queues)
            {
                if (quitting)
                {
                    throw new OperationCanceledException("it is to stop");
                }

                tags = [.. tags, await ConsumeAsync(channel, queue, end, over)];
            }

            Log.Serving(log, string.Join(", ", queues));
            started();
            if (stay is null)
            {
                await end.ThrowWhenEndedAsync(cancelled);
                return;
            }

            var draining = Parking.DrainAsync(stay, (from, got) => ParkedAsync(from, got, stay.Over), clock);
            var first = await Task.WhenAny(end.ThrowWhenEndedAsync(cancelled), draining, stay.Failed);
            await first;
            throw new IOException("parking failed");
        }
        finally
        {
            consuming = null;
            if (stay is not null)
            {
                await Parking.LeaveAsync(stay);
            }
        }
    }

    /// <summary>No new message comes any more; those in work can still be acknowledged.</summary>
    /// <param name="patience">How long the broker may take to answer.</param>
    public async Task StopConsumingAsync(TimeSpan patience, CancellationToken cancelled)
    {
        quitting = true;
        if (consuming is not { IsOpen: true } channel)
        {
            return;
        }

        try
        {
            await CancelAsync(channel, cancelled).WaitAsync(patience, clock, cancelled);
        }
        catch (Exception lost) when (lost is TimeoutException or OperationCanceledException || ChannelEnd.IsClosed(lost))
        {
            // Then nothing comes, or it is left unread.
        }
    }

    async Task CancelAsync(IChannel channel, CancellationToken cancelled)
    {
        foreach (var tag in tags)
        {
            await channel.BasicCancelAsync(tag, noWait: false, cancelled);
        }

        // As natively at a graceful stop: the fanout queue goes, unless its name is kept.
        if (listen.Fanout && !options.RabbitStreamFanout && !options.UseQueueManager)
        {
            await channel.QueueDeleteAsync(fanoutQueue, cancellationToken: cancelled);
        }
    }

    // The order of a native server: topic, server, fanout (oslo_messaging/_drivers/amqpdriver.py: AMQPDriverBase.listen).
    async Task<List<string>> DeclareAsync(RabbitSession session, Declarer declarer, CancellationToken cancelled)
    {
        var queues = new List<string>(3);
        var exchange = topology.TopicExchange(listen.Exchange);
        if (listen.TopicQueue || listen.ServerQueue)
        {
            await declarer.ExchangeAsync(exchange, cancelled);
        }

        if (listen.TopicQueue)
        {
            await declarer.QueueAsync(topology.TopicQueue(listen.Topic), cancelled);
            await declarer.BindAsync(listen.Topic, exchange.Name, listen.Topic, cancelled);
            queues.Add(listen.Topic);
        }

        if (listen.ServerQueue)
        {
            if (listen.Private)
            {
                await declarer.OwnQueueAsync(topology.PrivateQueue(listen.Queue, session.Broker), cancelled);
            }
            else
            {
                await declarer.QueueAsync(topology.TopicQueue(listen.Queue), cancelled);
            }

            await declarer.BindAsync(listen.Queue, exchange.Name, listen.Queue, cancelled);
            queues.Add(listen.Queue);
        }

        if (listen.Fanout)
        {
            var fanout = topology.FanoutExchange(listen.Topic);
            await declarer.ExchangeAsync(fanout, cancelled);
            await declarer.QueueAsync(topology.FanoutQueue(fanoutQueue), cancelled);
            await declarer.BindAsync(fanoutQueue, fanout.Name, listen.Topic, cancelled);
            queues.Add(fanoutQueue);
        }

        return queues;
    }

    async Task<string> ConsumeAsync(IChannel channel, string queue, ChannelEnd end, CancellationToken session)
    {
        var isStream = options.RabbitStreamFanout && queue == fanoutQueue;
        var arguments = topology.ConsumerArguments();
        if (isStream)
        {
            // impl_rabbit.py: Consumer.consume: the last chunk first, then behind what was seen.
            arguments["x-stream-offset"] = streamOffset is { } seen ? seen + 1 : "last";
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) =>
        {
            streamOffset = null;
            return quitting || consuming is null ? Task.CompletedTask : end.EndAsync($"the consumer of {queue} was cancelled");
        };
        consumer.ReceivedAsync += async (_, delivered) =>
        {
            if (isStream && delivered.BasicProperties.Headers?.TryGetValue("x-stream-offset", out var offset) is true && offset is long at)
            {
                streamOffset = at;
            }

            await GuardedAsync(() => DeliveredAsync(channel, queue, delivered, session), end, session);
        };
        return await channel.BasicConsumeAsync(queue, autoAck: false, $"{tags.Count + 1}", noLocal: false, exclusive: false, arguments, consumer, session);
    }

    // What goes wrong before there is work ends the channel: everything unacknowledged comes again.
    static async Task GuardedAsync(Func<Task> deliver, ChannelEnd end, CancellationToken session)
    {
        try
        {
            await deliver();
        }
        catch (OperationCanceledException) when (session.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // The client would swallow it, and the message would stay unacknowledged for ever.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            await end.EndAsync(failed.Message);
        }
    }
}
