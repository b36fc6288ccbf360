using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Backups;

/// <summary>
/// What a volume has of the backup that was written into it: where it came from (cinder/backup/manager.py: restore_backup), and, when that was bootable, what it boots
/// (cinder/backup/driver.py: BackupMetadataAPI._restore_vol_glance_meta). The backup's own metadata is the child's, which has done the same with it: what its volume has is
/// what the metadata held. Within a transaction.
/// </summary>
internal static class BackupHeritage
{
    /// <summary>The tenant reads in his volume's metadata which backup of another volume it was made of.</summary>
    public const string SourceKey = "src_backup_id";

    public static async Task ToRestoredAsync(CinderWork work, BackupRow backup, VolumeRow volume, Volume seen)
    {
        var known = (await work.Volumes.MetadataAsync(volume.Id)).GetValueOrDefault(SourceKey);
        if (backup.VolumeId != volume.Id || (known is not null && known != backup.Id))
        {
            await work.Volumes.SetMetadataAsync(volume.Id, SourceKey, backup.Id);
        }

        if (backup.VolumeId != volume.Id)
        {
            await BootAsync(work, backup.VolumeId, volume, seen);
        }
    }

    /// <summary>For one that was made of a backup, which its metadata says since it is linked.</summary>
    public static async Task ToNewAsync(CinderWork work, VolumeRow volume, Volume seen)
    {
        if ((await work.Volumes.MetadataAsync(volume.Id)).GetValueOrDefault(SourceKey) is { } backupId)
        {
            await BootAsync(work, (await work.Backups.GetAsync(backupId))?.VolumeId, volume, seen);
        }
    }

    /// <param name="source">The volume that was backed up: as long as it is there, its row tells of the image in the parent's words.</param>
    static async Task BootAsync(CinderWork work, string? source, VolumeRow volume, Volume seen)
    {
        if (seen.Bootable is not true)
        {
            return;
        }

        await work.GlanceMetadata.DeleteAsync(volume.Id);
        if (source is not null && await work.Volumes.GetAsync(source) is { Bootable: true })
        {
            await work.GlanceMetadata.VolumeToVolumeAsync(source, volume.Id);
        }
        else
        {
            await work.GlanceMetadata.FromChildAsync(volume.Id, seen.VolumeImageMetadata);
        }

        await work.Volumes.BootableAsync(volume.Id);
    }
}
