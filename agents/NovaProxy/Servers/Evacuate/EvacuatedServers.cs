using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Evacuate;

/// <summary>
/// Instances that an operator evacuated from our host while it was down: the child is back and still has their servers. Those are removed, with what the
/// instance still holds of us (nova/compute/manager.py: _destroy_evacuated_instances, which only runs at start: our child can come back without us being started
/// again). Only when the evacuation is done and the instance lives elsewhere: until then the child's server may be all there is.
/// </summary>
internal sealed class EvacuatedServers(
    KeyedQueue queue,
    Instances instances,
    Migrations migrations,
    IAllocations allocations,
    ChildServers servers,
    ChildHealth health,
    HostIdentity identity,
    TimeProvider time,
    ILogger<EvacuatedServers> log) : IWorker
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(60);

    public string Name => "evacuations";

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            if (health.Answers)
            {
                await PassAsync(cancelled);
            }

            await Task.Delay(Period, time, cancelled);
        }
    }

    /// <summary>One pass over what was evacuated from our host.</summary>
    public async Task PassAsync(CancellationToken cancelled)
    {
        foreach (var migration in await migrations.EvacuatedAsync(cancelled))
        {
            var uuid = migration.Text("instance_uuid")!;
            try
            {
                await queue.RunAsync(uuid, turn => ClearAsync(migration, uuid, turn.Cancelled), cancelled: cancelled);
            }
            catch (Exception fault) when (!cancelled.IsCancellationRequested)
            {
                Log.ResumeFailed(log, fault, uuid, fault.Message);
            }
        }
    }

    async Task ClearAsync(VersionedObject migration, string uuid, CancellationToken cancelled)
    {
        var context = RequestIds.Admin();
        if (await instances.GetAsync(context, uuid, cancelled) is { } row && row.Text("host") != identity.Host)
        {
            if ((await servers.RemoveAsync(row, cancelled)).Count > 0)
            {
                // It is asked to go; that it has gone is seen at the next pass.
                Log.EvacuatedRemoved(log, uuid, row.Text("host") ?? "-");
                return;
            }

            if (!await allocations.RemoveProviderAsync(uuid, identity.NodeUuid.ToString("D"), cancelled))
            {
                return;
            }
        }

        // A deleted instance holds nothing any more, and its server is the reaper's; one that came back to us is ours again.
        await migrations.SaveAsync(context, migration, MigrationStates.Completed, cancelled);
    }
}
