namespace Cascade.Mirror.Watching;

/// <summary>A pause that somebody may end. Given while nobody waits, once or many times, it ends the next pause at once. One waits, anybody gives.</summary>
public sealed class Nudge(TimeProvider time) : IDisposable
{
    readonly SemaphoreSlim given = new(0, 1);

    public void Give()
    {
        try
        {
            given.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody gave one already.
        }
    }

    /// <param name="pause">At the longest; may be infinite.</param>
    /// <param name="cancelled">Ends it with an exception.</param>
    /// <returns>False when the pause went by without a nudge.</returns>
    public async Task<bool> WaitAsync(TimeSpan pause, CancellationToken cancelled)
    {
        using var over = new CancellationTokenSource(pause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancelled);
        try
        {
            await given.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => given.Dispose();
}
