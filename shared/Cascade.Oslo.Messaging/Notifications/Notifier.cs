using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Topology;
using Cascade.Oslo.Wire.Notifications;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Notifications;

/// <summary>
/// Sends notifications (oslo_messaging/notify/messaging.py: MessagingDriver). The queue is declared by the sender, so that a notification waits for
/// a listener that does not exist yet. A notification that cannot be sent is logged, never thrown.
/// </summary>
public sealed class Notifier
{
    readonly NotifierOptions notifying;
    readonly Publisher publisher;
    readonly OsloTopology topology;
    readonly ILogger log;
    readonly TimeProvider clock;

    internal Notifier(RabbitOptions options, NotifierOptions notifying, Publisher publisher, ILogger log, TimeProvider clock)
    {
        this.notifying = notifying;
        this.publisher = publisher;
        this.log = log;
        this.clock = clock;
        topology = new(options);
    }

    /// <param name="priority">debug, info, warn, error, critical, audit or sample.</param>
    /// <param name="publisherId">Null for that of the options.</param>
    public async Task NotifyAsync(
        string priority, string eventType, JsonNode? payload, RpcContext? context = null, string? publisherId = null, CancellationToken cancelled = default)
    {
        if (notifying.Driver == NotificationDriver.Noop)
        {
            return;
        }

        var notification = new Notification(
            publisherId ?? notifying.PublisherId, eventType, priority, payload, clock.GetUtcNow(), Guid.NewGuid().ToString("D"), context);
        var body = notifying.Driver == NotificationDriver.Messaging ? notification.WritePlain() : notification.WriteEnveloped();
        using var limit = new CancellationTokenSource(notifying.GiveUpAfter ?? Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
        foreach (var topic in notifying.Topics)
        {
            try
            {
                await publisher.PublishAsync(Message($"{topic}.{priority.ToLowerInvariant()}", body), either.Token);
            }
            catch (Exception failed) when (!cancelled.IsCancellationRequested)
            {
                Log.NotifyFailed(log, eventType, failed.Message);
            }
        }
    }

    Outgoing Message(string queue, byte[] body)
    {
        var exchange = topology.TopicExchange(null);
        return new(exchange.Name, queue, body)
        {
            Declares = $"{exchange.Name} {queue}",
            First = async (declarer, cancelled) =>
            {
                await declarer.ExchangeAsync(exchange, cancelled);
                await declarer.QueueAsync(topology.TopicQueue(queue), cancelled);
                await declarer.BindAsync(queue, exchange.Name, queue, cancelled);
            },
        };
    }
}
