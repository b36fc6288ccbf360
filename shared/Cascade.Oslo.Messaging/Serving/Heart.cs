using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>
/// Signs of life for a call that asked for them: every half of its <c>_timeout</c>, none when that is under a second
/// (oslo_messaging/rpc/server.py, _drivers/amqpdriver.py: AMQPIncomingMessage.heartbeat).
/// </summary>
sealed class Heart : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Task beating;

    Heart(Work work, TimeSpan period, Replier replier, ILogger log, TimeProvider clock) => beating = BeatAsync(work, period, replier, log, clock);

    /// <summary>Null when the caller asked for none.</summary>
    public static Heart? Start(Work work, Replier replier, ILogger log, TimeProvider clock)
    {
        if (!work.Request.IsCall || work.Request.CallMonitorTimeout is not { } timeout)
        {
            return null;
        }

        var period = TimeSpan.FromSeconds((int)(timeout.TotalSeconds / 2));
        if (period >= TimeSpan.FromSeconds(1))
        {
            return new(work, period, replier, log, clock);
        }

        Log.HeartbeatTooShort(log, work.Method, work.RequestId, timeout);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await beating;
        stop.Dispose();
    }

    async Task BeatAsync(Work work, TimeSpan period, Replier replier, ILogger log, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(period, clock);
        try
        {
            // Nobody there to hear it ends the heart, not the call.
            while (await timer.WaitForNextTickAsync(stop.Token)
                && await replier.TrySendAsync(work.Request.ReplyQueue!, RpcReply.WriteHeartbeat(work.Request.MessageId!), stop.Token))
            {
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception failed)
        {
            Log.ReplyFailed(log, work.Method, work.RequestId, failed.Message);
        }
    }
}
