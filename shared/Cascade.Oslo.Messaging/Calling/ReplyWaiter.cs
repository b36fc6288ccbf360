using System.Text.Json;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Calling;

/// <summary>One call that waits for its end (oslo_messaging/_drivers/amqpdriver.py: ReplyWaiter.wait).</summary>
sealed class ReplyWaiter : IDisposable
{
    static readonly JsonElement None = JsonElement.Parse("null");

    readonly TaskCompletionSource<JsonElement> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ITimer? monitor;
    readonly TimeSpan monitored;
    JsonElement kept = None;

    public ReplyWaiter(string messageId, string method, TimeSpan? callMonitorTimeout, TimeProvider clock)
    {
        MessageId = messageId;
        if (callMonitorTimeout is { } within)
        {
            monitored = within;
            monitor = clock.CreateTimer(
                _ => done.TrySetException(new RpcTimeoutException($"{method}: no sign of life within {within.TotalSeconds} s (message {messageId})")),
                null, within, Timeout.InfiniteTimeSpan);
        }
    }

    public string MessageId { get; }

    public Task<JsonElement> Done => done.Task;

    public void Take(RpcReply reply)
    {
        if (reply.Failure is not null)
        {
            done.TrySetException(RemoteFailure.Read(reply.Failure));
            return;
        }

        // An old peer sends the result first and an empty ending after it.
        if (reply.Result.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            kept = reply.Result;
        }

        if (reply.Ending)
        {
            done.TrySetResult(kept);
        }
        else
        {
            monitor?.Change(monitored, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => monitor?.Dispose();
}
