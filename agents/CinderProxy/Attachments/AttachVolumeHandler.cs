using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Attachments;

/// <summary>
/// attach_volume, of the legacy os-attach: it says that somebody has the volume, and connects nothing (cinder/volume/manager.py: VolumeManager.attach_volume).
/// </summary>
internal sealed class AttachVolumeHandler(CallTurns turns, CinderDatabase database, Notices notices) : IHandle<AttachVolume>
{
    public Task<JsonNode?> HandleAsync(AttachVolume call, RpcContext context, CancellationToken cancelled) => turns.TakeAsync(
        call.VolumeId,
        context,
        async turn =>
        {
            await notices.AboutVolumeAsync(call.VolumeId, "attach.start", context, turn.Cancelled);
            var attached = await database.InTransactionAsync(
                async work => await work.Volumes.GetAsync(call.VolumeId) is not null
                    && await work.Attachments.AttachedAsync(Guid.NewGuid().ToString("D"), call.VolumeId, call.InstanceUuid, call.HostName, call.Mountpoint ?? "na", call.Mode ?? "rw"),
                turn.Cancelled);
            if (!attached)
            {
                throw CinderFaults.VolumeNotFound(call.VolumeId);
            }

            await notices.AboutVolumeAsync(call.VolumeId, "attach.end", context, turn.Cancelled);
            // The API looks at no answer of ours (cinder/volume/api.py: attach).
            return null;
        },
        cancelled);
}
