using Cascade.Agent;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>Waits for the parent and finds out what it runs, as a native service does before anything else (nova/conductor/api.py: wait_until_ready).</summary>
internal sealed class ParentReadiness(IConductor conductor, ParentRelease release, ServiceRecords records, TimeProvider time, ILogger<ParentReadiness> log)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <exception cref="AgentException">The parent is older than what this build serves.</exception>
    public async Task WaitAsync(CancellationToken cancelled)
    {
        var told = false;
        while (!await conductor.PingAsync(cancelled))
        {
            if (!told)
            {
                Log.ConductorSilent(log);
                told = true;
            }
        }

        await release.RefreshAsync(cancelled);
        while (release.ConductorVersion == 0)
        {
            // A conductor answers and has no row yet: it is just starting for the first time.
            await Task.Delay(Pause, time, cancelled);
            await release.RefreshAsync(cancelled);
        }

        if (release.ConductorVersion < ParentRelease.Oldest)
        {
            throw new AgentException(
                $"the parent's conductors are at service version {release.ConductorVersion}, older than Zed ({ParentRelease.Oldest}): this agent speaks RPC 6 only");
        }

        var computes = await records.MinimumVersionAsync(ServiceRecords.Binary, cancelled);
        Log.ReleaseFound(log, release.ConductorVersion, release.ServiceVersion, computes);
        if (computes > release.ServiceVersion)
        {
            // The conductor refuses the row then (ServiceTooOld): say beforehand why.
            Log.ComputesNewer(log, computes, release.ServiceVersion);
        }
    }
}
