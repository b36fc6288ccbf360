using System.Collections.Concurrent;

namespace Cascade.Images;

/// <summary>Snapshots on their way up: one for each image of the parent, a few at a time. Nobody waits for them; a life that ends leaves them to the next.</summary>
public sealed class Deliveries(ImageOptions options) : IDisposable
{
    readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    readonly SemaphoreSlim places = new(options.Snapshots);
    readonly CancellationTokenSource ending = new();
    int disposed;

    /// <summary>Ends when none is under way that was when it was asked.</summary>
    public Task IdleAsync() => Task.WhenAll(running.Values);

    /// <summary>Begins one, unless it is under way.</summary>
    /// <param name="work">Whatever it throws is its own to tell.</param>
    public void Begin(string imageId, Func<CancellationToken, Task> work)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (running.TryAdd(imageId, begun.Task))
        {
            _ = RunAsync(imageId, work, begun);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        ending.Cancel();
        ending.Dispose();
        places.Dispose();
    }

    async Task RunAsync(string imageId, Func<CancellationToken, Task> work, TaskCompletionSource ended)
    {
        await Task.Yield();
        try
        {
            await places.WaitAsync(ending.Token);
            try
            {
                await work(ending.Token);
            }
            finally
            {
                places.Release();
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            // The agent ends. The parent's row says what is to be done; the next life does it.
        }
        finally
        {
            running.TryRemove(imageId, out _);
            ended.SetResult();
        }
    }
}
