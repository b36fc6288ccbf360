namespace Cascade.L2Proxy.Mirroring;

/// <summary>
/// Whether everything was compared once since this copy became the active one: until then, what the books do not hold may be there all the same, and nothing is
/// removed.
/// </summary>
internal sealed class MirrorState : IRecovery
{
    volatile TaskCompletionSource complete = Incomplete();

    public bool IsComplete => complete.Task.IsCompleted;

    /// <summary>Where the watch begins: the child's clock before the first full list was asked for.</summary>
    public DateTimeOffset? ListedFrom { get; private set; }

    /// <summary>Ends when everything was compared once.</summary>
    public Task CompleteAsync(CancellationToken cancelled) => complete.Task.WaitAsync(cancelled);

    public void Complete(DateTimeOffset? listedFrom)
    {
        ListedFrom = listedFrom;
        complete.TrySetResult();
    }

    /// <summary>Another copy may have been the active one since: the books are as old as our last turn.</summary>
    public Task RecoverAsync(CancellationToken cancelled)
    {
        complete = Incomplete();
        return Task.CompletedTask;
    }

    static TaskCompletionSource Incomplete() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
