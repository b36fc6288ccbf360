using Cascade.CinderProxy.Groups;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>The steps of a snapshot's delete, each of which may be done again. Within the snapshot's turn.</summary>
internal sealed class SnapshotRemoval(
    CinderDatabase database,
    SnapshotMaker maker,
    SnapshotBook book,
    SnapshotOrders orders,
    SnapshotExpectations expectations,
    Refusals refusals,
    SnapshotDestruction destruction,
    Notices notices,
    TimeProvider time,
    ILogger<SnapshotRemoval> log)
{
    /// <summary>Asks the child to delete what is there; when nothing is there any more, ends it in the parent.</summary>
    public async Task GoOnAsync(SnapshotRow row, RpcContext? context, CancellationToken cancelled)
    {
        IReadOnlyList<string> going;
        try
        {
            going = await maker.RemoveAsync(row, cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            await FailAsync(row, context, ChildWords.Text(fault), busy: fault.Kind is FaultKind.Invalid or FaultKind.Conflict, cancelled);
            return;
        }

        if (going.Count == 0)
        {
            await EndAsync(row, context, cancelled);
            return;
        }

        orders.Give(row.Id, new(context, time.GetTimestamp()));
        foreach (var childId in going)
        {
            book.Set(childId, row.Id);
            expectations.Expect(childId);
        }
    }

    /// <summary>cinder/volume/manager.py: delete_snapshot: busy is available again, anything else an error that a tenant sees.</summary>
    public async Task FailAsync(SnapshotRow row, RpcContext? context, string reason, bool busy, CancellationToken cancelled)
    {
        Log.DeleteFailed(log, row.Id, reason);
        await database.InTransactionAsync(
            async work =>
            {
                await GroupEnds.HoldSnapshotAsync(work, row.GroupSnapshotId);
                await GroupEnds.AfterSnapshotKeptAsync(work, row.GroupSnapshotId);
                await work.Messages.InsertAsync(busy ? UserMessages.SnapshotBusy : UserMessages.SnapshotDeleteFailed, row.Id, row.ProjectId, context?.RequestId);
                return await work.Snapshots.ForceStatusAsync(row.Id, busy ? SnapshotStatus.Available : SnapshotStatus.ErrorDeleting);
            },
            cancelled);
        orders.Done(row.Id);
        Settle(row);
    }

    /// <summary>Row and quota in one transaction: whatever happens, the quota is given back once.</summary>
    public async Task EndAsync(SnapshotRow row, RpcContext? context, CancellationToken cancelled)
    {
        var (gone, group) = await database.InTransactionAsync(
            async work =>
            {
                await GroupEnds.HoldSnapshotAsync(work, row.GroupSnapshotId);
                return await destruction.DestroyAsync(work, row, (await work.Volumes.GetAsync(row.VolumeId))?.VolumeTypeId);
            },
            cancelled);
        orders.Done(row.Id);
        Settle(row);
        if (row.ProviderId is { } childId)
        {
            book.Remove(childId);
        }

        if (gone)
        {
            Log.SnapshotDeleted(log, row.Id);
            await notices.AboutAsync(row, "delete.end", context, cancelled);
            await notices.AboutAsync(group, context, cancelled);
        }
    }

    void Settle(SnapshotRow row)
    {
        if (row.ProviderId is { } childId)
        {
            expectations.Settle(childId);
        }
    }
}
