using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Attachments;

/// <summary>
/// attachment_delete: the barrier, and nothing else: the API writes every state after our reply (cinder/volume/api.py: attachment_delete). terminate_connection and
/// remove_export are what an older caller says for the same; there is no connection to end.
/// </summary>
internal sealed class AttachmentDeleteHandler(CallTurns turns, CinderDatabase database, Barrier barrier, ChildCloud child, Notices notices)
    : IHandle<AttachmentDelete>, IHandle<DetachVolume>, IHandle<TerminateConnection>, IHandle<RemoveExport>
{
    static Task<JsonNode?> Nothing { get; } = Task.FromResult<JsonNode?>(null);

    public Task<JsonNode?> HandleAsync(AttachmentDelete call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Vref.Id("attachment_delete");
        return turns.TakeAsync(
            id,
            context,
            async turn =>
            {
                var (row, attachment) = await ReadAsync(id, call.AttachmentId, turn.Cancelled);
                if (row is not null)
                {
                    await notices.AboutAsync(row, "detach.start", context, turn.Cancelled);
                    await barrier.PassAsync(row, attachment, turn);
                    // Its end is the API's to tell (cinder/volume/api.py: attachment_delete).
                    await WritableAsync(row, turn.Cancelled);
                }

                return null;
            },
            cancelled);
    }

    /// <summary>The legacy detach, by os-force_detach above all: after the barrier the attachment is ours to end (cinder/volume/manager.py: detach_volume).</summary>
    public Task<JsonNode?> HandleAsync(DetachVolume call, RpcContext context, CancellationToken cancelled) => turns.TakeAsync(
        call.VolumeId,
        context,
        async turn =>
        {
            var (row, attachment) = await ReadAsync(call.VolumeId, call.AttachmentId, turn.Cancelled);
            if (row is null)
            {
                return null;
            }

            await notices.AboutAsync(row, "detach.start", context, turn.Cancelled);
            await barrier.PassAsync(row, attachment, turn);
            await database.InTransactionAsync(work => work.Attachments.DetachedAsync(attachment?.Id ?? call.AttachmentId ?? "", row.Id), turn.Cancelled);
            await notices.AboutVolumeAsync(row.Id, "detach.end", context, turn.Cancelled);
            return null;
        },
        cancelled);

    public Task<JsonNode?> HandleAsync(TerminateConnection call, RpcContext context, CancellationToken cancelled) => Nothing;

    public Task<JsonNode?> HandleAsync(RemoveExport call, RpcContext context, CancellationToken cancelled) => Nothing;

    /// <summary>The only attachment, when the caller names none.</summary>
    async Task<(VolumeRow? Row, AttachmentRow? Attachment)> ReadAsync(string id, string? attachmentId, CancellationToken cancelled) => await database.ReadAsync(
        async work =>
        {
            var row = await work.Volumes.GetAsync(id);
            var all = await work.Attachments.OfVolumeAsync(id);
            return (row, attachmentId is null ? (all is [var only] ? only : null) : all.FirstOrDefault(one => one.Id == attachmentId));
        },
        cancelled);

    /// <summary>A volume that was attached read-only may be attached otherwise next time.</summary>
    async Task WritableAsync(VolumeRow row, CancellationToken cancelled)
    {
        if (row.ProviderId is { } childId && await child.Volumes.FindAsync(Scope.Own, childId, cancelled) is { Status: VolumeStatus.Available } seen && ReadonlyFlag.IsSet(seen))
        {
            await child.Volumes.UpdateReadonlyFlagAsync(Scope.Own, childId, isReadonly: false, cancelled);
        }
    }
}
