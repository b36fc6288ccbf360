using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Revert;

/// <summary>
/// revert_to_snapshot (cinder/volume/manager.py: VolumeManager.revert_to_snapshot): the volume that was <c>reverting</c> is what it was before, the snapshot that was
/// <c>restoring</c> is available again; after a failure the volume is in error, for nobody knows what is in it.
/// </summary>
internal sealed class RevertToSnapshotHandler(
    Turns turns, CinderDatabase database, ChildCloud child, ChildOrders orders, Refusals refusals, Notices notices, ILogger<RevertToSnapshotHandler> log) : IHandle<RevertToSnapshot>
{
    public Task<JsonNode?> HandleAsync(RevertToSnapshot call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Volume.Id("revert_to_snapshot");
        return turns.TakeAsync(id, context, turn => RevertAsync(id, call.Snapshot.Id("revert_to_snapshot"), context, turn), cancelled);
    }

    async Task RevertAsync(string id, string snapshotId, RpcContext context, Turn turn)
    {
        var (row, snapshot) = await database.ReadAsync(async work => (await work.Volumes.GetAsync(id), await work.Snapshots.GetAsync(snapshotId)), turn.Cancelled);
        if (row?.Status != VolumeStatus.Reverting)
        {
            return;
        }

        await notices.AboutAsync(row, "revert.start", context, turn.Cancelled);
        await notices.AboutSnapshotAsync(snapshotId, "revert.start", context, turn.Cancelled);
        if (row.ProviderId is not { Length: > 0 } childId || snapshot?.ProviderId is not { Length: > 0 } childSnapshot)
        {
            await EndAsync(row, snapshotId, "the volume or the snapshot has nothing in the child", turn.Cancelled);
            return;
        }

        try
        {
            // Once asked for the child is reverting; a message that comes again asks for the same bytes again, which changes nothing.
            var seen = await orders.DoAsync(
                childId,
                _ => false,
                now => now.Status == VolumeStatus.Reverting,
                stop => child.Volumes.RevertAsync(Scope.Own, childId, childSnapshot, stop),
                turn);
            await EndAsync(row, snapshotId, seen?.Status is VolumeStatus.Available or VolumeStatus.InUse ? null : $"the volume is {seen?.Status ?? "gone"} in the child", turn.Cancelled);
            await notices.AboutVolumeAsync(id, "revert.end", context, turn.Cancelled);
            await notices.AboutSnapshotAsync(snapshotId, "revert.end", context, turn.Cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            await EndAsync(row, snapshotId, ChildWords.Text(fault), turn.Cancelled);
        }
    }

    async Task EndAsync(VolumeRow row, string snapshotId, string? failure, CancellationToken cancelled)
    {
        if (failure is not null)
        {
            Log.RevertFailed(log, row.Id, failure);
        }

        await database.InTransactionAsync(
            async work =>
            {
                await work.Volumes.StatusAsync(row.Id, VolumeStatus.Reverting, failure is null ? VolumeStatus.Available : VolumeStatus.Error);
                return await work.Snapshots.StatusAsync(snapshotId, SnapshotStatus.Restoring, SnapshotStatus.Available);
            },
            cancelled);
    }
}
