using Cascade.CinderProxy.Backups;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Images;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>
/// What a volume is filled from, found in the child. In native order: a snapshot, a volume, an image, a backup, nothing
/// (cinder/volume/flows/manager/create_volume.py: ExtractVolumeSpecTask).
/// </summary>
internal sealed class VolumeSources(CinderDatabase database, ChildImages images, ParentImages parent, VolumeHost host)
{
    /// <exception cref="RpcFault">The source is not in our child, or not at all.</exception>
    public async Task<VolumeSource> OfAsync(VolumeRow row, CinderRequestSpec? request, Turn turn) =>
        row.SnapshotId is { } snapshot ? await OfSnapshotAsync(snapshot, turn.Cancelled)
        : row.SourceVolid is { } volume ? await OfVolumeAsync(volume, turn.Cancelled)
        : request?.ImageId is { } image ? await OfImageAsync(image, row.ProjectId, turn)
        : request?.BackupId is { } backup ? await OfBackupAsync(backup, turn.Cancelled)
        : VolumeSource.Nothing;

    async Task<VolumeSource> OfSnapshotAsync(string id, CancellationToken cancelled)
    {
        var snapshot = await database.ReadAsync(work => work.Snapshots.GetAsync(id), cancelled) ?? throw CinderFaults.SnapshotNotFound(id);
        var volume = await database.ReadAsync(work => work.Volumes.GetAsync(snapshot.VolumeId), cancelled);
        return host.Has(volume?.Host) && snapshot.ProviderId is { } childId
            ? new(new ChildSource.Snapshot(childId))
            : throw CinderFaults.InvalidSnapshot($"snapshot {id} is not in the cloud that this host stands for");
    }

    async Task<VolumeSource> OfVolumeAsync(string id, CancellationToken cancelled)
    {
        var volume = await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled) ?? throw CinderFaults.VolumeNotFound(id);
        return host.Has(volume.Host) && volume.ProviderId is { } childId
            ? new(new ChildSource.Volume(childId))
            : throw CinderFaults.InvalidVolume($"volume {id} is not in the cloud that this host stands for");
    }

    async Task<VolumeSource> OfImageAsync(string id, string projectId, Turn turn)
    {
        // Beside the budget: a first copy to the child may take as long as its bytes do.
        var childId = await turn.AsideAsync(stop => images.EnsureAsync(id, projectId, stop));
        var record = await parent.Images.FindAsync(Scope.Own, id, turn.Cancelled);
        return new(new ChildSource.Image(childId)) { ImageMetadata = record is null ? new() : Images.ImageMetadata.Of(record) };
    }

    async Task<VolumeSource> OfBackupAsync(string id, CancellationToken cancelled)
    {
        var backup = await database.ReadAsync(work => work.Backups.GetAsync(id), cancelled);
        return backup is not null && BackupLink.In(backup, host.Service) is { } childId
            ? new(new ChildSource.Backup(childId)) { BackupId = id }
            : throw CinderFaults.InvalidInput($"backup {id} is not in the cloud that this host stands for");
    }
}

/// <summary>What a volume is filled from.</summary>
internal sealed record VolumeSource(ChildSource Child)
{
    public static VolumeSource Nothing { get; } = new(new ChildSource.Blank());

    /// <summary>What the volume says of the image that it is made of; null for any other source.</summary>
    public IReadOnlyDictionary<string, string?>? ImageMetadata { get; init; }

    /// <summary>The parent's backup that it is made of; null for any other source.</summary>
    public string? BackupId { get; init; }

    /// <summary>
    /// Writes what only this moment knows: which image or backup it is. What comes from a snapshot, a volume or a backup is copied at the end, from the rows (cinder/volume/flows/manager/create_volume.py:
    /// CreateVolumeFromSpecTask._handle_bootable_volume_glance_meta).
    /// </summary>
    public async Task RecordAsync(CinderWork work, VolumeRow row)
    {
        if (BackupId is not null)
        {
            await work.Volumes.SetMetadataAsync(row.Id, BackupHeritage.SourceKey, BackupId);
        }

        if (ImageMetadata is null)
        {
            return;
        }

        await work.GlanceMetadata.DeleteAsync(row.Id);
        await work.GlanceMetadata.InsertAsync(row.Id, ImageMetadata);
        await work.Volumes.BootableAsync(row.Id);
    }
}
