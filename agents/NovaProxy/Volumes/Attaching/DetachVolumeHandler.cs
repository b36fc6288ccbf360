using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Volumes.Attaching;

/// <summary>
/// detach_volume: the guest loses it first, and only when it has is the parent's volume free (nova/compute/manager.py: _detach_volume; virt/block_device.py:
/// detach). The message is held until then; a second delivery goes on where the first stopped. A guest that keeps it keeps it in the parent, too.
/// </summary>
internal sealed class DetachVolumeHandler(
    KeyedQueue queue,
    Instances instances,
    InstanceBoundary boundary,
    EarlierLife earlier,
    Bdms bdms,
    ParentVolumes parent,
    Connecting connecting,
    ChildVolumes child,
    ServerRefusals refusals,
    ILogger<DetachVolumeHandler> log) : IHandle<DetachVolume>
{
    /// <summary>A native compute tries eight times, twenty seconds each (nova/conf/libvirt.py: device_detach_attempts, device_detach_timeout).</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(170);

    public Task<JsonNode?> HandleAsync(DetachVolume call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("detach_volume");
        return queue.RunAsync(uuid, turn => DetachAsync(call, uuid, context, turn), cancelled: cancelled);
    }

    async Task<JsonNode?> DetachAsync(DetachVolume call, string uuid, RpcContext context, Turn turn)
    {
        using var request = RequestScope.Enter(context.RequestId);
        refusals.RequireChild();
        var row = await instances.GetAsync(context.Elevated(), uuid, turn.Cancelled);
        var bdm = await bdms.FindAsync(context.Elevated(), call.VolumeId, uuid, turn.Cancelled);
        if (row is null)
        {
            // Gone, and its volumes with it.
            return null;
        }

        if (bdm is null)
        {
            return await earlier.EndedAsync(uuid, Events.DetachVolume, null, context, turn.Cancelled);
        }

        return await boundary.RunAsync(
            context,
            row,
            Events.DetachVolume,
            InstanceWrapping.Fault,
            _ => DetachAsync(row, bdm, context, turn),
            turn.Cancelled);
    }

    async Task DetachAsync(VersionedObject row, VersionedObject bdm, RpcContext context, Turn turn)
    {
        var id = bdm.Text("volume_id")!;
        try
        {
            await UnplugAsync(row, bdm, context, turn);
        }
        catch (RpcFault)
        {
            await RollAsync(row, id, context, turn.Cancelled);
            throw;
        }

        if (bdm.Text("attachment_id") is { } attachment)
        {
            await parent.DisconnectAsync(attachment, context, turn.Cancelled);
        }

        await bdms.DestroyAsync(context.Elevated(), bdm, turn.Cancelled);
        Log.VolumeDetached(log, id, row.Text("uuid")!);
    }

    async Task UnplugAsync(VersionedObject row, VersionedObject bdm, RpcContext context, Turn turn)
    {
        var name = bdm.Text("device_name") ?? "?";
        if (ServerLink.Of(row) is not { } server || await connecting.FindAsync(bdm, context, turn.Cancelled) is not { } volume)
        {
            return;
        }

        try
        {
            if (!await child.AskDetachAsync(row, server, volume, turn.Cancelled))
            {
                // As a guest without the disk: a line in the log, and the detach goes on (nova/virt/block_device.py: driver_detach, DiskNotFound).
                Log.VolumeGone(log, bdm.Text("volume_id")!, row.Text("uuid")!);
                return;
            }

            var seen = await child.UntilAsync(row, server, volume, seen => seen.HasGone || seen.WasKept, Limit, turn);
            if (seen is not { HasGone: true })
            {
                throw VolumeFaults.DeviceDetachFailed(
                    name, seen is null ? $"the child has not detached volume {volume} within {Limit.TotalSeconds:0} s" : $"the guest in the child keeps volume {volume}");
            }
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            throw VolumeFaults.DeviceDetachFailed(name, ChildFaults.Text(fault));
        }
    }

    async Task RollAsync(VersionedObject row, string id, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await parent.RollDetachingAsync(id, context, cancelled);
        }
        catch (RpcFault fault)
        {
            Log.VolumeLeft(log, fault, id, row.Text("uuid")!, fault.Message);
        }
    }
}
