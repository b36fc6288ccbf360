using System.Collections.Concurrent;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Volumes;

/// <summary>
/// Sees volumes become what somebody waits for: every two seconds while anybody waits, at once for a new one, never while nobody does. A cloud that does not
/// answer is asked again; what it refuses ends the wait.
/// </summary>
internal sealed class VolumeLooks(TimeProvider time, ILogger<VolumeLooks> log) : IWorker, IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<Wait, bool> waits = new();
    readonly Nudge nudge = new(time);

    public string Name => "volumes";

    /// <summary>How many wait.</summary>
    public int Waiting => waits.Count;

    /// <param name="look">Answers null while it may still come; its exceptions are the caller's.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<T> UntilAsync<T>(Func<CancellationToken, Task<T?>> look, CancellationToken cancelled)
        where T : class
    {
        var wait = new Wait(async stop => await look(stop));
        waits[wait] = true;
        nudge.Give();
        try
        {
            return (T)await wait.Done.Task.WaitAsync(cancelled);
        }
        finally
        {
            waits.TryRemove(wait, out _);
        }
    }

    /// <summary>Look now. Any thread.</summary>
    public void Nudge() => nudge.Give();

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await nudge.WaitAsync(Waiting > 0 ? Pause : Timeout.InfiniteTimeSpan, cancelled);
            await LookAsync(cancelled);
        }
    }

    /// <summary>One look, for everybody who waits.</summary>
    public Task LookAsync(CancellationToken cancelled) => Task.WhenAll(waits.Keys.Select(wait => LookAsync(wait, cancelled)));

    public void Dispose() => nudge.Dispose();

    async Task LookAsync(Wait wait, CancellationToken cancelled)
    {
        try
        {
            if (await wait.Look(cancelled) is { } seen)
            {
                wait.Done.TrySetResult(seen);
            }
        }
        catch (Exception fault) when (IsSilence(fault))
        {
            Log.VolumesUnseen(log, fault, fault.Message);
        }
        catch (Exception fault) when (fault is CloudFault or RpcFault)
        {
            wait.Done.TrySetException(fault);
        }
    }

    static bool IsSilence(Exception fault) => (fault as CloudFault ?? fault.InnerException as CloudFault) is { Kind: FaultKind.Unavailable };

    /// <summary>By reference: each wait is one of its own.</summary>
    sealed class Wait(Func<CancellationToken, Task<object?>> look)
    {
        public Func<CancellationToken, Task<object?>> Look => look;

        public TaskCompletionSource<object> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
