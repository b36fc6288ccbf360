using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Backups;

/// <summary>The steps of a backup's delete, each of which may be done again. Within the backup's turn.</summary>
internal sealed class BackupRemoval(
    CinderDatabase database,
    BackupMaker maker,
    BackupBook book,
    BackupOrders orders,
    BackupExpectations expectations,
    Refusals refusals,
    VolumeHost host,
    Notices notices,
    TimeProvider time,
    ILogger<BackupRemoval> log)
{
    /// <summary>Asks the child to delete what is there; when nothing is there any more, ends it in the parent.</summary>
    public async Task GoOnAsync(BackupRow row, RpcContext? context, CancellationToken cancelled)
    {
        if (BackupMap.RefusalOf(row, host) is { } refusal)
        {
            await FailAsync(row, context, refusal, cancelled);
            return;
        }

        IReadOnlyList<string> going;
        try
        {
            var volume = await database.ReadAsync(work => work.Volumes.GetAsync(row.VolumeId), cancelled);
            going = await maker.RemoveAsync(row, volume?.ProviderId, cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            await FailAsync(row, context, ChildWords.Text(fault), cancelled);
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

    /// <summary>Natively an error too, from which it may be deleted again (cinder/backup/manager.py: delete_backup).</summary>
    public async Task FailAsync(BackupRow row, RpcContext? context, string reason, CancellationToken cancelled)
    {
        Log.DeleteFailed(log, row.Id, reason);
        await database.InTransactionAsync(
            async work =>
            {
                if (await work.Backups.EndAsync(row.Id, BackupStatus.Deleting, BackupStatus.Error, reason))
                {
                    await work.Messages.InsertAsync(UserMessages.BackupDeleteFailed, row.Id, row.ProjectId, context?.RequestId);
                }

                return true;
            },
            cancelled);
        Over(row);
    }

    /// <summary>Row, quota and the count of what it added to in one transaction: whatever happens, the quota is given back once.</summary>
    public async Task EndAsync(BackupRow row, RpcContext? context, CancellationToken cancelled)
    {
        var gone = await database.InTransactionAsync(work => DestroyAsync(work, row), cancelled);
        Over(row);
        if (BackupLink.In(row, host.Service) is { } childId)
        {
            book.Remove(childId);
        }

        if (gone)
        {
            Log.BackupDeleted(log, row.Id);
            await notices.AboutAsync(row, "delete.end", context, cancelled);
        }
    }

    static async Task<bool> DestroyAsync(CinderWork work, BackupRow row)
    {
        if (!await work.Backups.DestroyAsync(row.Id))
        {
            return false;
        }

        await ErrorMark.ClearAsync(work, row.VolumeId, row.Id);
        await work.Quotas.FreeAsync(row.ProjectId, QuotaCharge.Backup(row.Size));
        if (row.ParentId is { } parent)
        {
            await work.Backups.LostDependentAsync(parent);
        }

        // One that went by force while it was made held its volume, or its snapshot, as only one backup does at a time. One that was finished, and has counted since then what adds
        // to it (Statements.BackupCreated; the column has no default), holds nothing: the API may have taken the volume for one whose row it has yet to make (cinder/backup/api.py: create).
        var others = await work.Backups.OfVolumeAsync(row.VolumeId);
        if (row.NumDependentBackups is null && !others.Any(other => other.Status == BackupStatus.Creating && other.SnapshotId == row.SnapshotId))
        {
            await BackupEnd.FreeAsync(work, row, VolumeStatus.BackingUp);
        }

        return true;
    }

    void Over(BackupRow row)
    {
        orders.Done(row.Id);
        if (BackupLink.In(row, host.Service) is { } childId)
        {
            expectations.Settle(childId);
        }
    }
}
