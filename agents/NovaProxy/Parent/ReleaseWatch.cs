using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>Asks for the parent's release every few minutes; the next heartbeat raises our version with it.</summary>
internal sealed class ReleaseWatch(ParentRelease release, NovaProxyOptions options, TimeProvider time, ILogger<ReleaseWatch> log) : IWorker
{
    public string Name => "release";

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await Task.Delay(options.ReleaseInterval, time, cancelled);
            if (await release.RefreshAsync(cancelled))
            {
                Log.ReleaseChanged(log, release.ConductorVersion, release.ServiceVersion);
            }
        }
    }
}
