using Cascade.Contracts.Nova.Faults;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Volumes;

/// <summary>
/// volume-extended: Cinder has extended a volume of an instance (nova/compute/manager.py: extend_volume). Cinder-Proxy extended the child's, and the child's own
/// Cinder told the child's Nova, so the guest knows; here only the mapping learns the size.
/// </summary>
internal sealed class ExtendedVolumes(
    KeyedQueue queue, Instances instances, InstanceBoundary boundary, Bdms bdms, ParentVolumes parent, ILogger<ExtendedVolumes> log)
{
    public Task FollowAsync(string uuid, string volume, RpcContext context, CancellationToken cancelled) =>
        queue.RunAsync(uuid, turn => ExtendAsync(uuid, volume, context, turn.Cancelled), cancelled: cancelled);

    async Task ExtendAsync(string uuid, string volume, RpcContext context, CancellationToken cancelled)
    {
        if (await instances.GetAsync(context.Elevated(), uuid, cancelled) is not { } row)
        {
            return;
        }

        await boundary.RunAsync(
            context,
            row,
            Events.ExtendVolume,
            InstanceWrapping.Fault,
            async stop =>
            {
                if (await bdms.FindAsync(context.Elevated(), volume, uuid, stop) is not { } bdm)
                {
                    return null;
                }

                var seen = await parent.GetAsync(volume, context, stop);
                if (Connection.Of(bdm) is null)
                {
                    return null;
                }

                await bdms.SaveAsync(context.Elevated(), bdm, new() { ["volume_size"] = seen.Size ?? throw NovaFaults.InvalidVolume($"volume {volume} has no size") }, stop);
                Log.VolumeExtended(log, volume, uuid, seen.Size);
                return null;
            },
            cancelled);
    }
}
