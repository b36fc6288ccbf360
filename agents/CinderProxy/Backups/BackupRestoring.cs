using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Backups;

/// <summary>
/// The steps of a restore, each of which may be done again (cinder/backup/manager.py: BackupManager.restore_backup): the child writes its backup over its volume, and
/// how that went is seen by the watch. To ask for the same again writes the same bytes, while nobody may use the volume. Within the backup's turn.
/// </summary>
internal sealed class BackupRestoring(
    CinderDatabase database,
    ChildCloud child,
    RestoreEnd end,
    BackupOrders orders,
    BackupExpectations expectations,
    Refusals refusals,
    VolumeHost host,
    TimeProvider time)
{
    /// <param name="volumeId">Of the parent.</param>
    public async Task GoOnAsync(BackupRow row, string volumeId, RpcContext? context, CancellationToken cancelled)
    {
        var volume = await database.ReadAsync(work => work.Volumes.GetAsync(volumeId), cancelled);
        if ((BackupMap.RefusalOf(row, host) ?? RefusalOf(volume)) is { } refusal)
        {
            await end.FailAsync(row, volumeId, context, refusal, cancelled);
            return;
        }

        if (BackupLink.In(row, host.Service) is not { } childId)
        {
            await end.FailAsync(row, volumeId, context, "the backup has nothing in the child", cancelled);
            return;
        }

        try
        {
            await AskAsync(childId, volume!.ProviderId!, cancelled);
            orders.Give(row.Id, new(context, time.GetTimestamp()));
            expectations.Expect(childId);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            if (fault.ResultUnknown)
            {
                // The child may be writing already: the volume may not be called broken before that is known.
                throw new ParkException($"it is not known whether the child restores backup {row.Id}: {ChildWords.Text(fault)}", fault);
            }

            await end.FailAsync(row, volumeId, context, ChildWords.Text(fault), cancelled);
        }
    }

    /// <summary>A message that comes again finds the child at it.</summary>
    async Task AskAsync(string childId, string childVolumeId, CancellationToken cancelled)
    {
        var seen = await child.Volumes.FindAsync(Scope.Own, childVolumeId, cancelled);
        if (seen?.Status != VolumeStatus.RestoringBackup)
        {
            await child.Backups.RestoreAsync(Scope.Own, childId, childVolumeId, null, cancelled);
        }
    }

    /// <returns>Null when it may be restored into.</returns>
    string? RefusalOf(VolumeRow? volume) =>
        volume is null ? "the volume is gone"
        : !host.Has(volume.Host) || volume.ProviderId is not { Length: > 0 } ? $"volume {volume.Id} is on {volume.Host ?? "no host"}, and the backup is in the child of {host.Service}"
        : volume.Status != VolumeStatus.RestoringBackup ? $"Restore backup aborted, expected volume status {VolumeStatus.RestoringBackup} but got {volume.Status}."
        : null;
}
