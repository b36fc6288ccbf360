using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Topology;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Publishing;

/// <summary>The publishing channels of one session, and what was declared on it.</summary>
sealed class PublishChannels(RabbitSession session)
{
    // No limiter: the throttling one delays by up to a second and then throws (rule 10 of the wire).
    static readonly CreateChannelOptions Confirming = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);

    readonly ConcurrentDictionary<string, IChannel> byExchange = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> declared = new(StringComparer.Ordinal);

    public RabbitSession Session => session;

    public bool TryGet(Outgoing message, [NotNullWhen(true)] out IChannel? channel) =>
        byExchange.TryGetValue(message.Exchange, out channel) && channel.IsOpen && declared.ContainsKey(message.Declares);

    /// <summary>Called by one at a time.</summary>
    public async Task<IChannel> OpenAsync(Outgoing message, ILogger log, CancellationToken cancelled)
    {
        if (!declared.ContainsKey(message.Declares))
        {
            if (message.First is not null)
            {
                await using var declarer = new Declarer(session, log);
                await message.First(declarer, cancelled);
            }

            declared[message.Declares] = message.Exchange;
        }

        if (!byExchange.TryGetValue(message.Exchange, out var channel) || !channel.IsOpen)
        {
            channel = await session.Connection.CreateChannelAsync(Confirming, cancelled);
            byExchange[message.Exchange] = channel;
        }

        return channel;
    }

    /// <summary>It was deleted since: the next message declares it again.</summary>
    public void Undeclare(RabbitSession of, string declares)
    {
        if (of == session)
        {
            declared.TryRemove(declares, out _);
        }
    }

    public void Forget(RabbitSession of, string exchange)
    {
        if (of != session)
        {
            return;
        }

        byExchange.TryRemove(exchange, out _);
        foreach (var (key, belongsTo) in declared)
        {
            if (belongsTo == exchange)
            {
                declared.TryRemove(key, out _);
            }
        }
    }
}
