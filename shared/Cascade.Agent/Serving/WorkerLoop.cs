using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Serving;

/// <summary>Runs a worker for as long as this copy is active: one that fails is logged and begins again, the others notice nothing.</summary>
sealed class WorkerLoop(TimeProvider time, ILogger<WorkerLoop> log)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task RunAsync(IWorker worker, CancellationToken cancelled)
    {
        while (!cancelled.IsCancellationRequested)
        {
            try
            {
                await worker.RunAsync(cancelled);
                return;
            }
#pragma warning disable CA1031 // The one boundary of every worker.
            catch (Exception fault) when (!cancelled.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.WorkerFailed(log, fault, worker.Name, Pause.TotalSeconds);
                await Task.Delay(Pause, time, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
