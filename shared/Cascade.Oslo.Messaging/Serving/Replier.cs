using System.Collections.Concurrent;
using Cascade.Oslo.Messaging.Publishing;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>
/// Sends replies: default exchange, mandatory; a queue that is missing is asked again every 0.25 s for 60 s and then left alone for 60 s
/// (oslo_messaging/_drivers/amqpdriver.py: AMQPIncomingMessage.reply, ObsoleteReplyQueuesCache).
/// </summary>
sealed class Replier(Publisher publisher, ILogger log, TimeProvider clock)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    const int MostAbandoned = 200;

    readonly ConcurrentDictionary<string, DateTimeOffset> abandoned = new(StringComparer.Ordinal);

    /// <summary>
    /// Ends when the broker has the reply, or says that its queue is missing; in that case it is tried on in the background: the request is done either way.
    /// </summary>
    /// <param name="body">A new body for each attempt: each has a <c>_unique_id</c> of its own.</param>
    public async Task SendAsync(string replyQueue, string messageId, Func<byte[]> body, CancellationToken cancelled)
    {
        if (IsAbandoned(replyQueue))
        {
            return;
        }

        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
        if (!await TrySendAsync(replyQueue, body(), either.Token))
        {
            _ = Task.Run(() => InsistAsync(replyQueue, messageId, body, cancelled), CancellationToken.None);
        }
    }

    /// <returns>False when nobody has the queue.</returns>
    public async Task<bool> TrySendAsync(string replyQueue, byte[] body, CancellationToken cancelled)
    {
        try
        {
            await publisher.PublishAsync(new("", replyQueue, body) { Mandatory = true }, cancelled);
            return true;
        }
        catch (UnroutableException)
        {
            return false;
        }
    }

    async Task InsistAsync(string replyQueue, string messageId, Func<byte[]> body, CancellationToken cancelled)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
        try
        {
            do
            {
                await Task.Delay(Pause, clock, either.Token);
            }
            while (!IsAbandoned(replyQueue) && !await TrySendAsync(replyQueue, body(), either.Token));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Abandon(replyQueue);
            Log.ReplyAbandoned(log, replyQueue, messageId, Patience);
        }
        catch (Exception failed)
        {
            Log.ReplyFailed(log, "reply", messageId, failed.Message);
        }
    }

    bool IsAbandoned(string replyQueue) => abandoned.TryGetValue(replyQueue, out var until) && clock.GetUtcNow() < until;

    void Abandon(string replyQueue)
    {
        if (abandoned.Count >= MostAbandoned)
        {
            abandoned.TryRemove(abandoned.MinBy(entry => entry.Value).Key, out _);
        }

        abandoned[replyQueue] = clock.GetUtcNow() + Patience;
    }
}
