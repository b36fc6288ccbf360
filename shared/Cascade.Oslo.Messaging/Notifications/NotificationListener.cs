using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Topology;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Notifications;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Events;

namespace Cascade.Oslo.Messaging.Notifications;

/// <summary>
/// Hears what others notify, as hints: a queue of its own beside those of other listeners, so that nobody loses a notification by it (as the pool of
/// oslo_messaging/notify/listener.py: get_notification_listener), which goes with the connection, so that nothing piles up on a foreign broker
/// while we are not there. What is sent meanwhile is not heard; what cannot be read is logged and skipped.
/// </summary>
public sealed class NotificationListener : IAsyncDisposable
{
    readonly NotificationListenerOptions listening;
    readonly OsloTopology topology;
    readonly RabbitLink link;
    readonly ILogger log;

    internal NotificationListener(RabbitOptions options, RabbitLinks links, NotificationListenerOptions listening, ILogger log)
    {
        this.listening = listening;
        this.log = log;
        topology = new(options);
        link = links.New("notifications", log);
    }

    /// <summary>Hears until cancelled, from one connection to the next.</summary>
    /// <param name="heard">Returns at once; one call at a time.</param>
    /// <param name="started">Called whenever everything is bound and consumed.</param>
    public Task RunAsync(Action<Notification> heard, Action? started, CancellationToken cancelled) =>
        link.RunAsync((session, lost) => HearAsync(session, heard, started, lost), cancelled);

    public ValueTask DisposeAsync() => link.DisposeAsync();

    async Task HearAsync(RabbitSession session, Action<Notification> heard, Action? started, CancellationToken lost)
    {
        var exchange = topology.TopicExchange(listening.Exchange);
        await using (var declarer = new Declarer(session, log))
        {
            await declarer.ExchangeAsync(exchange, lost);
        }

        await using var channel = await session.Connection.CreateChannelAsync(cancellationToken: lost);
        var end = new ChannelEnd(channel);
        var arguments = new Dictionary<string, object?> { ["x-max-length"] = listening.Room };
        var queue = $"cascade.heard.{listening.Name}.{OsloId.New()}";
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, arguments, cancellationToken: lost);
        foreach (var topic in listening.Topics)
        {
            foreach (var priority in listening.Priorities)
            {
                await channel.QueueBindAsync(queue, exchange.Name, $"{topic}.{priority}", cancellationToken: lost);
            }
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) => end.EndAsync($"the consumer of {queue} was cancelled");
        consumer.ReceivedAsync += (_, delivered) =>
        {
            Take(delivered, heard);
            return Task.CompletedTask;
        };
        // Acknowledged by being sent: a hint that is lost is one that was not needed.
        await channel.BasicConsumeAsync(queue, autoAck: true, "1", noLocal: false, exclusive: true, topology.ConsumerArguments(), consumer, lost);
        Log.Listening(log, string.Join(", ", listening.Topics), listening.Exchange);
        started?.Invoke();
        await end.ThrowWhenEndedAsync(lost);
    }

    void Take(BasicDeliverEventArgs delivered, Action<Notification> heard)
    {
        Notification notification;
        try
        {
            notification = Notification.Read(BodyCompression.Unpack(delivered.BasicProperties, delivered.Body).Span);
        }
        catch (MalformedMessageException malformed)
        {
            Log.NotificationMalformed(log, delivered.Body.Length, delivered.RoutingKey, malformed.Message);
            return;
        }

        heard(notification);
    }
}
