using System.Collections.Concurrent;
using Cascade.Oslo.Messaging.Rabbit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Cascade.Oslo.Messaging.Topology;

/// <summary>
/// Asks the broker how deep queues are, by a passive declare of each: nothing is made and nothing is consumed. One that is not there closes the channel and is a line in the
/// broker's log, so it is asked for once, and again when somebody here has made it.
/// </summary>
public sealed class QueueDepths : IAsyncDisposable
{
    readonly RabbitLink link;
    readonly TimeProvider clock;
    readonly ConcurrentDictionary<string, long> since = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, byte> missing = new(StringComparer.Ordinal);

    internal QueueDepths(RabbitLinks links, ILogger log, TimeProvider clock)
    {
        this.clock = clock;
        link = links.New("depths", log);
    }

    /// <summary>Those of them that there are. Waits for the broker.</summary>
    public async Task<IReadOnlyList<QueueDepth>> ReadAsync(IReadOnlyList<ServedQueue> queues, CancellationToken cancelled)
    {
        var session = await link.SessionAsync(cancelled);
        var depths = new List<QueueDepth>();
        var channel = await session.Connection.CreateChannelAsync(cancellationToken: cancelled);
        try
        {
            foreach (var queue in queues.Where(queue => queue.Exists || !missing.ContainsKey(queue.Name)))
            {
                if (!channel.IsOpen)
                {
                    await channel.DisposeAsync();
                    channel = await session.Connection.CreateChannelAsync(cancellationToken: cancelled);
                }

                try
                {
                    depths.Add(Depth(queue, await channel.QueueDeclarePassiveAsync(queue.Name, cancelled)));
                }
                catch (OperationInterruptedException none) when (none.ShutdownReason?.ReplyCode == 404)
                {
                    missing[queue.Name] = 0;
                    since.TryRemove(queue.Name, out _);
                }
            }
        }
        finally
        {
            await channel.DisposeAsync();
        }

        return depths;
    }

    public ValueTask DisposeAsync() => link.DisposeAsync();

    QueueDepth Depth(ServedQueue queue, QueueDeclareOk told)
    {
        missing.TryRemove(queue.Name, out _);
        if (told.MessageCount == 0)
        {
            since.TryRemove(queue.Name, out _);
            return new(queue, 0, told.ConsumerCount, TimeSpan.Zero);
        }

        return new(queue, told.MessageCount, told.ConsumerCount, clock.GetElapsedTime(since.GetOrAdd(queue.Name, clock.GetTimestamp())));
    }
}
