using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes.Manage;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Delete;

/// <summary>
/// delete_volume: asks the child to delete and lets go of the message; that it is gone is seen by the watch, and only then the parent's row goes (D8). No volume in
/// the child is success. With <c>unmanage_only</c> only the row goes.
/// </summary>
internal sealed class DeleteVolumeHandler(
    Turns turns, CinderDatabase database, Deletion deletion, Unmanaging unmanaging, VolumeHost host, ServiceIdentity service, Notices notices, ILogger<DeleteVolumeHandler> log)
    : IHandle<DeleteVolume>
{
    public Task<JsonNode?> HandleAsync(DeleteVolume call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Volume.Id("delete_volume");
        return turns.TakeAsync(id, context, turn => DeleteAsync(id, call, context, turn), cancelled);
    }

    async Task DeleteAsync(string id, DeleteVolume call, RpcContext context, Turn turn)
    {
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(id), turn.Cancelled);
        // A second delivery of one that failed finds what the tenant was given back: nobody asks for that to go.
        if (row?.Status is not (VolumeStatus.Deleting or VolumeStatus.Unmanaging or VolumeStatus.ErrorManagingDeleting) || !host.Has(row.Host))
        {
            return;
        }

        await database.InTransactionAsync(work => work.Workers.ClaimAsync(Workers.Volume, id, service.Id, row.Status), turn.Cancelled);
        if (row.AttachStatus == VolumeAttachStatus.Attached)
        {
            await KeepAsync(id, turn.Cancelled);
            return;
        }

        if (call.UnmanageOnly)
        {
            await notices.AboutAsync(row, "unmanage.start", context, turn.Cancelled);
            await unmanaging.VolumeAsync(row, context, turn.Cancelled);
            return;
        }

        await notices.AboutAsync(row, "delete.start", context, turn.Cancelled);
        if (row.Status == VolumeStatus.ErrorManagingDeleting)
        {
            await unmanaging.NeverManagedAsync(row, context, turn.Cancelled);
            return;
        }

        // With its snapshots, where they are to go with it.
        foreach (var snapshot in await database.ReadAsync(work => work.Snapshots.OfVolumeAsync(id), turn.Cancelled))
        {
            await notices.AboutAsync(snapshot, "delete.start", context, turn.Cancelled);
        }

        await deletion.GoOnAsync(row, context, turn.Cancelled);
    }

    /// <summary>Natively an attached volume stays deleting for ever (cinder/volume/manager.py: delete_volume, VolumeAttached).</summary>
    Task<bool> KeepAsync(string id, CancellationToken cancelled)
    {
        Log.DeleteFailed(log, id, "it is attached");
        return database.InTransactionAsync(
            async work =>
            {
                await work.Volumes.ForceStatusAsync(id, VolumeStatus.InUse);
                return await work.Workers.DoneAsync(Workers.Volume, id, service.Id);
            },
            cancelled);
    }
}
