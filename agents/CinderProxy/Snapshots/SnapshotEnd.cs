using Cascade.CinderProxy.Groups;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>How the create of a snapshot ends in the parent. Within the snapshot's turn.</summary>
internal sealed class SnapshotEnd(
    CinderDatabase database, SnapshotMaker maker, SnapshotOrders orders, SnapshotExpectations expectations, ServiceIdentity service, Notices notices, ILogger<SnapshotEnd> log)
{
    /// <summary>In one transaction: what a bootable volume hands down, the state, and the end of the work.</summary>
    public async Task CreatedAsync(SnapshotRow row, CancellationToken cancelled)
    {
        var (ended, group) = await database.InTransactionAsync<(bool, GroupEnd?)>(
            async work =>
            {
                await GroupEnds.HoldSnapshotAsync(work, row.GroupSnapshotId);
                if (!await work.Snapshots.CreatedAsync(row.Id, row.ProviderId!))
                {
                    return (false, null);
                }

                if (await work.Volumes.GetAsync(row.VolumeId) is { Bootable: true })
                {
                    await work.GlanceMetadata.VolumeToSnapshotAsync(row.VolumeId, row.Id);
                }

                await work.Workers.DoneAsync(Workers.Snapshot, row.Id, service.Id);
                return (true, await GroupEnds.AfterSnapshotAsync(work, row.GroupSnapshotId));
            },
            cancelled);
        var order = orders.Of(row.Id);
        Over(row);
        if (ended)
        {
            Log.SnapshotCreated(log, row.Id, row.ProviderId ?? "-");
            await notices.AboutSnapshotAsync(row.Id, "create.end", order?.Context, cancelled);
            await notices.AboutAsync(group, order?.Context, cancelled);
        }
    }

    public async Task FailAsync(SnapshotRow row, RpcContext? context, string reason, CancellationToken cancelled)
    {
        Log.SnapshotFailed(log, row.Id, reason);
        try
        {
            await maker.RemoveAsync(row, cancelled);
        }
        catch (CloudFault left)
        {
            Log.LeftInChild(log, left, row.Id, left.Message);
        }

        await database.InTransactionAsync(
            async work =>
            {
                await GroupEnds.HoldSnapshotAsync(work, row.GroupSnapshotId);
                if (!await work.Snapshots.StatusAsync(row.Id, SnapshotStatus.Creating, SnapshotStatus.Error))
                {
                    // Deleted by force while the child was spoken with (the API asks for no state then): that is for the delete to end, which finds nothing to do on an error.
                    return false;
                }

                await work.Messages.InsertAsync(UserMessages.SnapshotCreateFailed, row.Id, row.ProjectId, context?.RequestId);
                await work.Workers.DoneAsync(Workers.Snapshot, row.Id, service.Id);
                await GroupEnds.AfterSnapshotAsync(work, row.GroupSnapshotId);
                return true;
            },
            cancelled);
        Over(row);
    }

    void Over(SnapshotRow row)
    {
        orders.Done(row.Id);
        if (row.ProviderId is { } childId)
        {
            expectations.Settle(childId);
        }
    }
}
