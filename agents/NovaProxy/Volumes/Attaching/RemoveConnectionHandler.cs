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
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Volumes.Attaching;

/// <summary>
/// remove_volume_connection: an operator renews an attachment of a server that is stopped (nova-manage volume_attachment refresh); a live migration, which is
/// declined here, would take it back so. The volume leaves the guest, the mapping stays (nova/compute/manager.py: _remove_volume_connection). A call.
/// </summary>
internal sealed class RemoveConnectionHandler(KeyedQueue queue, Instances instances, Bdms bdms, ParentVolumes parent, ChildVolumes child, IChildHealth health)
    : IHandle<RemoveVolumeConnection>
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    public Task<JsonNode?> HandleAsync(RemoveVolumeConnection call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("remove_volume_connection");
        return queue.RunAsync(uuid, turn => RemoveAsync(call, uuid, context, turn), cancelled: cancelled);
    }

    async Task<JsonNode?> RemoveAsync(RemoveVolumeConnection call, string uuid, RpcContext context, Turn turn)
    {
        using var request = RequestScope.Enter(context.RequestId);
        if (!health.Answers)
        {
            throw ChildFaults.Away(health.Reason);
        }

        var row = await instances.GetAsync(context.Elevated(), uuid, turn.Cancelled);
        var bdm = await bdms.FindAsync(context.Elevated(), call.VolumeId, uuid, turn.Cancelled);
        if (row is null || bdm is null)
        {
            return null;
        }

        try
        {
            if (ServerLink.Of(row) is { } server && Connection.Of(bdm)?.ChildVolumeId is { } volume
                && await child.AskDetachAsync(row, server, volume, turn.Cancelled)
                && await child.UntilAsync(row, server, volume, seen => seen.HasGone || seen.WasKept, Limit, turn) is not { HasGone: true })
            {
                throw VolumeFaults.DeviceDetachFailed(bdm.Text("device_name") ?? "?", $"the child still has volume {volume} attached");
            }
        }
        catch (CloudFault fault)
        {
            throw ChildFaults.ToParent("detaching the volume in the child", fault);
        }

        if (call.DeleteAttachment && bdm.Text("attachment_id") is { } attachment)
        {
            await parent.DisconnectAsync(attachment, context, turn.Cancelled);
        }

        return null;
    }
}
