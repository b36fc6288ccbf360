using System.Collections.Concurrent;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Topology;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Cascade.Oslo.Messaging.Calling;

/// <summary>
/// The one reply queue of a process (oslo_messaging/_drivers/amqpdriver.py: ReplyWaiters). Its name stays for life: answers that come
/// while the connection is away wait in it. Made on the first call.
/// </summary>
sealed class ReplyInbox(RabbitOptions options, RabbitLinks links, QueueNames names, ILogger log) : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, ReplyWaiter> waiting = new(StringComparer.Ordinal);
    readonly CancellationTokenSource stop = new();
    readonly RabbitLink link = links.New("reply", log);
    readonly OsloTopology topology = new(options);
    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lazy<string> name = new(names.Reply);
    readonly Lock gate = new();
    Task? running;

    public string Queue => name.Value;

    /// <summary>Returns when the queue exists: after that an answer cannot be lost, even while the connection is away.</summary>
    public Task ReadyAsync(CancellationToken cancelled)
    {
        if (ready.Task.IsCompletedSuccessfully)
        {
            return Task.CompletedTask;
        }

        lock (gate)
        {
            running ??= Task.Run(RunAsync, CancellationToken.None);
        }

        return ready.Task.WaitAsync(cancelled);
    }

    public void Expect(ReplyWaiter waiter) => waiting[waiter.MessageId] = waiter;

    public void Forget(ReplyWaiter waiter) => waiting.TryRemove(waiter.MessageId, out _);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await link.DisposeAsync();
        if (running is not null)
        {
            await running;
        }

        stop.Dispose();
    }

    async Task RunAsync()
    {
        try
        {
            await link.RunAsync(ConsumeAsync, stop.Token);
        }
        catch (Exception ended)
        {
            ready.TrySetException(ended);
            _ = ready.Task.Exception;
        }
    }

    async Task ConsumeAsync(RabbitSession session, CancellationToken cancelled)
    {
        await using (var declarer = new Declarer(session, log))
        {
            await declarer.OwnQueueAsync(topology.ReplyQueue(Queue, session.Broker), cancelled);
        }

        await using var channel = await session.Connection.CreateChannelAsync(cancellationToken: cancelled);
        if (options.RabbitQosPrefetchCount > 0)
        {
            await channel.BasicQosAsync(0, options.RabbitQosPrefetchCount, global: false, cancelled);
        }

        var closed = new ChannelEnd(channel);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivered) => TakeAsync(channel, delivered);
        consumer.UnregisteredAsync += (_, _) => closed.EndAsync("the broker cancelled the consumer");
        await channel.BasicConsumeAsync(Queue, autoAck: false, "1", noLocal: false, exclusive: false, topology.ConsumerArguments(), consumer, cancelled);
        ready.TrySetResult();
        await closed.ThrowWhenEndedAsync(cancelled);
    }

    async Task TakeAsync(IChannel channel, BasicDeliverEventArgs delivered)
    {
        try
        {
            var reply = RpcReply.Read(BodyCompression.Unpack(delivered.BasicProperties, delivered.Body).Span);
            if (waiting.TryGetValue(reply.MessageId, out var waiter))
            {
                waiter.Take(reply);
            }
            else
            {
                Log.LateReply(log, reply.MessageId);
            }
        }
        catch (MalformedMessageException malformed)
        {
            Log.MalformedReply(log, delivered.Body.Length, malformed.Message);
        }

        try
        {
            await channel.BasicAckAsync(delivered.DeliveryTag, multiple: false, CancellationToken.None);
        }
        catch (Exception lost) when (ChannelEnd.IsClosed(lost))
        {
            // It comes again on the next connection, and nobody waits for it then.
            Log.AckLost(log, lost.Message);
        }
    }
}
