using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Envelope;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Cascade.Oslo.Messaging.Publishing;

/// <summary>
/// Publishes with confirms on a connection of its own. A message is out when the broker has said so; a connection that goes before that
/// means sending it again, for as long as the caller waits (kombu: Connection.ensure). The sender's <c>_unique_id</c> tells the copies.
/// </summary>
sealed class Publisher(RabbitOptions options, RabbitLinks links, ILogger log) : IAsyncDisposable
{
    readonly RabbitLink link = links.New("send", log);
    readonly SemaphoreSlim places = new(options.PublishesInFlight);
    readonly SemaphoreSlim opening = new(1);

    // One channel per exchange: an exchange that vanished takes only its own channel with it.
    volatile PublishChannels? channels;

    /// <exception cref="UnroutableException">Mandatory, and no queue takes it.</exception>
    public async Task PublishAsync(Outgoing message, CancellationToken cancelled)
    {
        var body = message.MayCompress ? BodyCompression.Pack(options.KombuCompression, message.Body) : message.Body;
        var compression = ReferenceEquals(body, message.Body) ? null : BodyCompression.Gzip;
        await places.WaitAsync(cancelled);
        try
        {
            for (var refused = 0; ;)
            {
                var session = await link.SessionAsync(cancelled);
                await session.FlowAsync(cancelled);
                try
                {
                    var channel = await ChannelAsync(session, message, cancelled);
                    await channel.BasicPublishAsync(
                        message.Exchange, message.RoutingKey, message.Mandatory, Properties(message, compression), body, cancelled);
                    return;
                }
                catch (PublishException returned) when (returned.IsReturn)
                {
                    // Once more with what we declared declared anew: an operator may have deleted it.
                    if (message.First is null || ++refused > 1)
                    {
                        throw new UnroutableException(message.RoutingKey, returned);
                    }

                    channels?.Undeclare(session, message.Declares);
                }
                catch (Exception failed) when (IsClosed(failed) && !cancelled.IsCancellationRequested)
                {
                    channels?.Forget(session, message.Exchange);
                    // Once more on a new channel, with everything declared anew: an auto-delete fanout exchange may have vanished.
                    if (session.Connection.IsOpen && ++refused > 1)
                    {
                        throw;
                    }

                    await SettledAsync(session, cancelled);
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await link.DisposeAsync();
        places.Dispose();
        opening.Dispose();
    }

    static BasicProperties Properties(Outgoing message, string? compression)
    {
        var headers = message.Headers is null ? [] : new Dictionary<string, object?>(message.Headers);
        if (compression is not null)
        {
            headers["compression"] = compression;
        }

        // Exactly what py-amqp sends on every message, into transient queues too.
        return new BasicProperties
        {
            ContentType = OsloEnvelope.ContentType,
            ContentEncoding = OsloEnvelope.ContentEncoding,
            Headers = headers,
            DeliveryMode = DeliveryModes.Persistent,
            Priority = 0,
            Expiration = message.Expires is { } after ? ((long)after.TotalMilliseconds).ToString() : null,
        };
    }

    async ValueTask<IChannel> ChannelAsync(RabbitSession session, Outgoing message, CancellationToken cancelled)
    {
        var known = channels;
        if (known is not null && known.Session == session && known.TryGet(message, out var ready))
        {
            return ready;
        }

        await opening.WaitAsync(cancelled);
        try
        {
            if (channels is null || channels.Session != session)
            {
                channels = new(session);
            }

            return await channels.OpenAsync(message, log, cancelled);
        }
        finally
        {
            opening.Release();
        }
    }

    // The connection may be going down under the channel that failed: its end is reported a moment later.
    static async Task SettledAsync(RabbitSession session, CancellationToken cancelled)
    {
        if (!session.Connection.IsOpen)
        {
            await session.Ended.WaitAsync(cancelled);
        }
    }

    static bool IsClosed(Exception failed) => failed is OperationInterruptedException or AlreadyClosedException or IOException or ObjectDisposedException;
}
