namespace Cascade.Mirror.Queue;

/// <summary>One entry of a <see cref="KeyedQueue"/>, as the work sees it.</summary>
public sealed class Turn : IDisposable
{
    readonly KeyedQueue queue;
    readonly CancellationTokenSource ending;
    readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Turn(KeyedQueue queue, string key, bool interruptible, CancellationToken cancelled)
    {
        this.queue = queue;
        Key = key;
        Interruptible = interruptible;
        ending = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        Cancelled = ending.Token;
    }

    public string Key { get; }

    /// <summary>Ends when the caller gave up or somebody interrupted the key.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>True when it was <see cref="KeyedQueue.Interrupt"/> that asked it to end.</summary>
    public bool WasInterrupted { get; private set; }

    internal bool Interruptible { get; }

    internal bool HasStarted { get; private set; }

    internal bool HasLeft { get; set; }

    internal Task Started => started.Task;

    /// <summary>
    /// Does something slow beside the budget: others may use the place meanwhile, the key stays taken. Comes back when there is a place again,
    /// before those that have not begun.
    /// </summary>
    public async Task<T> AsideAsync<T>(Func<CancellationToken, Task<T>> slow)
    {
        queue.StepAside();
        try
        {
            return await slow(Cancelled);
        }
        finally
        {
            await queue.ReturnAsync();
        }
    }

    public void Dispose()
    {
        lock (ending)
        {
            ending.Dispose();
        }
    }

    internal void Start()
    {
        HasStarted = true;
        started.SetResult();
    }

    internal void Interrupt()
    {
        lock (ending)
        {
            if (HasLeft)
            {
                return;
            }

            WasInterrupted = true;
            ending.CancelAsync().Forget();
        }
    }
}

static class Forgetting
{
    /// <summary>The callbacks of a cancellation run elsewhere; what they throw is theirs.</summary>
    public static void Forget(this Task task) => _ = task.ContinueWith(
        static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
