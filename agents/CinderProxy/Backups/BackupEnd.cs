using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Backups;

/// <summary>How the create of a backup ends in the parent (cinder/backup/manager.py: BackupManager._finish_backup, continue_backup). Within the backup's turn.</summary>
internal sealed class BackupEnd(CinderDatabase database, BackupOrders orders, BackupExpectations expectations, VolumeHost host, Notices notices, ILogger<BackupEnd> log)
{
    /// <summary>In one transaction: the state, the count of what it adds to, and what it is of is free again.</summary>
    public async Task CreatedAsync(BackupRow row, Backup seen, CancellationToken cancelled)
    {
        var ended = await database.InTransactionAsync(
            async work =>
            {
                if (!await work.Backups.CreatedAsync(row.Id, seen.ObjectCount))
                {
                    return false;
                }

                if (row.ParentId is { } parent)
                {
                    await work.Backups.GainedDependentAsync(parent);
                }

                await FreeAsync(work, row, VolumeStatus.BackingUp);
                return true;
            },
            cancelled);
        var order = orders.Of(row.Id);
        Over(row);
        if (ended)
        {
            Log.BackupCreated(log, row.Id, seen.Id);
            await notices.AboutBackupAsync(row.Id, "create.end", order?.Context, cancelled);
        }
    }

    /// <summary>The row stays with the reason in it until the tenant deletes it, and what the child has of it goes then.</summary>
    public async Task FailAsync(BackupRow row, RpcContext? context, string reason, CancellationToken cancelled)
    {
        Log.BackupFailed(log, row.Id, reason);
        await database.InTransactionAsync(
            async work =>
            {
                if (await work.Backups.EndAsync(row.Id, BackupStatus.Creating, BackupStatus.Error, reason))
                {
                    await work.Messages.InsertAsync(UserMessages.BackupCreateFailed, row.Id, row.ProjectId, context?.RequestId);
                    await FreeAsync(work, row, VolumeStatus.ErrorBackingUp);
                }

                return true;
            },
            cancelled);
        Over(row);
    }

    /// <summary>What it is of is as it was before. Within a transaction.</summary>
    /// <param name="mark">previous_status of the volume from now on.</param>
    public static Task FreeAsync(CinderWork work, BackupRow row, string mark) => row.SnapshotId is { } snapshot
        ? work.Snapshots.StatusAsync(snapshot, SnapshotStatus.BackingUp, SnapshotStatus.Available)
        : work.Volumes.BackedUpAsync(row.VolumeId, mark);

    void Over(BackupRow row)
    {
        orders.Done(row.Id);
        if (BackupLink.In(row, host.Service) is { } childId)
        {
            expectations.Settle(childId);
        }
    }
}
