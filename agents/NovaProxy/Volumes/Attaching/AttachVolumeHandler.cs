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
/// attach_volume: Cinder says where the volume is, the child attaches that one, and when the guest has it the parent's volume is in use (nova/compute/manager.py:
/// _attach_volume; virt/block_device.py: _volume_attach). There is no task state to hold the order, so the message is held until then; a second
/// delivery goes on where the first stopped. What fails is taken back: the attachment goes and the mapping with it. A child that goes away before it is has the
/// message wait: what comes of it then is the whole attach or the same failure, never a guest that keeps what the parent calls free.
/// </summary>
internal sealed class AttachVolumeHandler(
    KeyedQueue queue,
    Instances instances,
    InstanceBoundary boundary,
    EarlierLife earlier,
    Bdms bdms,
    ParentVolumes parent,
    Connecting connecting,
    ChildVolumes child,
    ServerRefusals refusals,
    ILogger<AttachVolumeHandler> log) : IHandle<AttachVolume>
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>What takes longer to take back is left to the barrier of Cinder-Proxy.</summary>
    static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(60);

    public Task<JsonNode?> HandleAsync(AttachVolume call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("attach_volume");
        var volume = call.Bdm.Text("volume_id") ?? throw NovaFaults.Failed("attach_volume: the mapping came without its volume");
        return queue.RunAsync(uuid, turn => AttachAsync(uuid, volume, context, turn), cancelled: cancelled);
    }

    async Task<JsonNode?> AttachAsync(string uuid, string volume, RpcContext context, Turn turn)
    {
        using var request = RequestScope.Enter(context.RequestId);
        refusals.RequireChild();
        var row = await instances.GetAsync(context.Elevated(), uuid, turn.Cancelled);
        var bdm = await bdms.FindAsync(context.Elevated(), volume, uuid, turn.Cancelled);
        if (row is null)
        {
            // Gone, and its volumes with it.
            return null;
        }

        if (bdm is null)
        {
            var fault = VolumeFaults.VolumeAttachFailed(volume, "it failed, and was taken back");
            return await earlier.EndedAsync(uuid, Events.AttachVolume, fault, context, turn.Cancelled);
        }

        if (await IsDoneAsync(bdm, context, turn.Cancelled))
        {
            return await earlier.EndedAsync(uuid, Events.AttachVolume, null, context, turn.Cancelled);
        }

        return await boundary.RunAsync(
            context,
            row,
            Events.AttachVolume,
            InstanceWrapping.Fault,
            _ => AttachAsync(row, bdm, context, turn),
            turn.Cancelled);
    }

    async Task<bool> IsDoneAsync(VersionedObject bdm, RpcContext context, CancellationToken cancelled) =>
        Connection.Of(bdm) is not null
        && bdm.Text("attachment_id") is { } attachment
        && await parent.FindAttachmentAsync(attachment, context, cancelled) is { Status: "attached" };

    async Task AttachAsync(VersionedObject row, VersionedObject bdm, RpcContext context, Turn turn)
    {
        Connection? connection = null;
        try
        {
            var (id, attachment) = (bdm.Text("volume_id")!, bdm.Text("attachment_id") ?? throw NovaFaults.InvalidVolume($"volume {bdm.Text("volume_id")} was not reserved"));
            var server = ServerLink.Of(row) ?? throw VolumeFaults.VolumeAttachFailed(id, "the instance has no server in the child");
            (connection, var volume) = await connecting.ConnectAsync(row, bdm, id, attachment, context, turn.Cancelled);
            await PlugAsync(row, bdm, server, connection.ChildVolumeId, turn);
            var changes = new JsonObject { ["connection_info"] = connection.ToText() };
            if (bdm.Number("volume_size") is null)
            {
                changes["volume_size"] = volume.Size;
            }

            await bdms.SaveAsync(context.Elevated(), bdm, changes, turn.Cancelled);
            await parent.CompleteAsync(attachment, context, turn.Cancelled);
            Log.VolumeAttached(log, id, row.Text("uuid")!, connection.ChildVolumeId);
        }
        catch (RpcFault)
        {
            await TakeBackAsync(row, bdm, connection, context, turn);
            throw;
        }
    }

    async Task PlugAsync(VersionedObject row, VersionedObject bdm, string server, string childVolume, Turn turn)
    {
        try
        {
            await child.AskAttachAsync(row, server, childVolume, bdm.Text("tag"), turn.Cancelled);
            var seen = await child.UntilAsync(row, server, childVolume, seen => seen.HasCome || seen.HasGone, Limit, turn);
            if (seen is not { HasCome: true })
            {
                throw VolumeFaults.VolumeAttachFailed(
                    bdm.Text("volume_id")!,
                    seen is null ? $"the child has not attached volume {childVolume} within {Limit.TotalSeconds:0} s" : $"the child could not attach volume {childVolume}");
            }
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            throw VolumeFaults.VolumeAttachFailed(bdm.Text("volume_id")!, ChildFaults.Text(fault));
        }
    }

    /// <summary>What cannot be freed now is said; the mapping goes in any case, as natively.</summary>
    /// <exception cref="ParkException">The child is away; nothing is freed in the parent that the guest may have.</exception>
    async Task TakeBackAsync(VersionedObject row, VersionedObject bdm, Connection? connection, RpcContext context, Turn turn)
    {
        if (ServerLink.Of(row) is { } server)
        {
            await QuietlyAsync(() => UnplugAsync(row, bdm, server, connection, context, turn), bdm, turn);
        }

        if (bdm.Text("attachment_id") is { } attachment)
        {
            await QuietlyAsync(() => parent.DisconnectAsync(attachment, context, turn.Cancelled), bdm, turn);
        }

        await bdms.DestroyAsync(context.Elevated(), bdm, turn.Cancelled);
    }

    /// <param name="connection">Null when this delivery did not get to connect; an earlier one may have.</param>
    async Task UnplugAsync(VersionedObject row, VersionedObject bdm, string server, Connection? connection, RpcContext context, Turn turn)
    {
        var volume = connection?.ChildVolumeId ?? await connecting.FindAsync(bdm, context, turn.Cancelled);
        if (volume is not null && await child.AskDetachAsync(row, server, volume, turn.Cancelled))
        {
            await child.UntilAsync(row, server, volume, seen => seen.HasGone || seen.WasKept, BackLimit, turn);
        }
    }

    async Task QuietlyAsync(Func<Task> work, VersionedObject bdm, Turn turn)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is CloudFault or RpcFault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            Log.VolumeLeft(log, fault, bdm.Text("volume_id") ?? "?", bdm.Text("instance_uuid") ?? "?", fault.Message);
        }
    }
}
