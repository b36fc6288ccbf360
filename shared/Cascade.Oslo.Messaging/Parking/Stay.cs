using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Parking;

/// <summary>The parking lot's part of one connection.</summary>
sealed class Stay(IChannel channel, CancellationToken session) : IAsyncDisposable
{
    readonly CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(session);
    readonly TaskCompletionSource<Exception> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IChannel Channel => channel;

    public CancellationToken Over => over.Token;

    /// <summary>Ends at the next <see cref="Wake"/>.</summary>
    public Task Woken => Volatile.Read(ref woken).Task;

    /// <summary>Ends when something could not be written: then the connection is given up, and everything comes again.</summary>
    public Task<Exception> Failed => failed.Task;

    public void Wake() => Interlocked.Exchange(ref woken, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public void Fail(Exception why) => failed.TrySetResult(why);

    public void End() => over.Cancel();

    public async ValueTask DisposeAsync()
    {
        over.Dispose();
        await channel.DisposeAsync();
    }
}
