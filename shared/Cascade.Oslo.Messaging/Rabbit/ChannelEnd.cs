using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>Tells when a consuming channel is over: closed by either side, or its consumer cancelled by the broker.</summary>
sealed class ChannelEnd
{
    readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChannelEnd(IChannel channel)
    {
        channel.ChannelShutdownAsync += (_, reason) => EndAsync($"{reason.ReplyCode} {reason.ReplyText}");
        if (!channel.IsOpen)
        {
            ended.TrySetResult("closed at once");
        }
    }

    public Task EndAsync(string reason)
    {
        ended.TrySetResult(reason);
        return Task.CompletedTask;
    }

    /// <exception cref="IOException">It ended.</exception>
    public async Task ThrowWhenEndedAsync(CancellationToken cancelled) => throw new IOException(await ended.Task.WaitAsync(cancelled));

    /// <summary>True for what the client throws when the channel or its connection has gone.</summary>
    public static bool IsClosed(Exception failed) => failed is OperationInterruptedException or AlreadyClosedException or IOException or ObjectDisposedException;
}
