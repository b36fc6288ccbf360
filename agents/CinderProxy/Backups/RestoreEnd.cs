using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Backups;

/// <summary>How a restore ends in the parent. Within the backup's turn.</summary>
internal sealed class RestoreEnd(
    CinderDatabase database, ChildCloud child, VolumeStamps stamps, BackupOrders orders, BackupExpectations expectations, VolumeHost host, Notices notices, ILogger<RestoreEnd> log)
{
    /// <summary>The child has done with the backup; whether that went well, its volume says.</summary>
    /// <param name="reason">Why it did not, in the child's words, if there are any.</param>
    public async Task OverAsync(BackupRow row, string? reason, CancellationToken cancelled)
    {
        var context = orders.Of(row.Id)?.Context;
        if (row.RestoreVolumeId is not { } volumeId || await database.ReadAsync(work => work.Volumes.GetAsync(volumeId), cancelled) is not { ProviderId: { } childVolume } volume)
        {
            await FailAsync(row, row.RestoreVolumeId, context, "the volume is gone", cancelled);
            return;
        }

        var seen = await child.Volumes.FindAsync(Scope.Own, childVolume, cancelled);
        switch (BackupReport.FailureOf(seen))
        {
            case null when BackupLink.In(row, host.Service) is { } childId:
                expectations.Expect(childId);
                break;
            case "":
                await RestoredAsync(row, volume, seen!, context, cancelled);
                break;
            case var failure:
                await FailAsync(row, volumeId, context, reason is { Length: > 0 } ? $"{failure}: {reason}" : failure, cancelled);
                break;
        }
    }

    /// <summary>The backup is as good as before, whatever became of the volume.</summary>
    public async Task FailAsync(BackupRow row, string? volumeId, RpcContext? context, string? reason, CancellationToken cancelled)
    {
        Log.RestoreFailed(log, row.Id, volumeId ?? "-", reason ?? "no reason given");
        await database.InTransactionAsync(
            async work =>
            {
                if (!await work.Backups.EndAsync(row.Id, BackupStatus.Restoring, BackupStatus.Available, reason))
                {
                    return false;
                }

                await work.Messages.InsertAsync(UserMessages.BackupRestoreFailed, row.Id, row.ProjectId, context?.RequestId);
                if (volumeId is not null)
                {
                    // A volume that another host makes of our backup is creating (cinder/volume/flows/manager/create_volume.py: _create_from_backup).
                    await work.Volumes.StatusAsync(volumeId, VolumeStatus.RestoringBackup, VolumeStatus.ErrorRestoring);
                    await work.Volumes.StatusAsync(volumeId, VolumeStatus.Creating, VolumeStatus.Error);
                }

                return true;
            },
            cancelled);
        Over(row);
    }

    async Task RestoredAsync(BackupRow row, VolumeRow volume, Volume seen, RpcContext? context, CancellationToken cancelled)
    {
        await stamps.KeepAsync(volume, seen, cancelled);
        var ended = await database.InTransactionAsync(
            async work =>
            {
                if (!await work.Backups.EndAsync(row.Id, BackupStatus.Restoring, BackupStatus.Available, reason: null))
                {
                    return false;
                }

                await work.Volumes.StatusAsync(volume.Id, VolumeStatus.RestoringBackup, VolumeStatus.Available);
                await BackupHeritage.ToRestoredAsync(work, row, volume, seen);
                return true;
            },
            cancelled);
        Over(row);
        if (ended)
        {
            Log.BackupRestored(log, row.Id, volume.Id);
            await notices.AboutBackupAsync(row.Id, "restore.end", context, cancelled);
        }
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
