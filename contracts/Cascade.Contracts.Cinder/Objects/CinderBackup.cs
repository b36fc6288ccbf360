using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/backup.py: Backup.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderBackup(string Id, VersionedObject Raw)
{
    public string? VolumeId { get; init; }

    /// <summary>What is backed up instead of the volume itself.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>The backup service's.</summary>
    public string? Host { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? ProjectId { get; init; }

    public string? UserId { get; init; }

    /// <summary>A word of <see cref="States.BackupStatus"/>.</summary>
    public string? Status { get; init; }

    public string? FailReason { get; init; }

    /// <summary>GiB.</summary>
    public int? Size { get; init; }

    public string? DisplayName { get; init; }

    public string? DisplayDescription { get; init; }

    /// <summary>What it is incremental to.</summary>
    public string? ParentId { get; init; }

    public string? Container { get; init; }

    public string? Service { get; init; }

    public int? ObjectCount { get; init; }

    public int? NumDependentBackups { get; init; }

    public string? TempVolumeId { get; init; }

    public string? TempSnapshotId { get; init; }

    public string? RestoreVolumeId { get; init; }

    public string? EncryptionKeyId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null when it is none or has no id.</summary>
    public static CinderBackup? Read(VersionedObject? of)
    {
        if (of?.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, of)
        {
            VolumeId = of.Text("volume_id"),
            SnapshotId = of.Text("snapshot_id"),
            Host = of.Text("host"),
            AvailabilityZone = of.Text("availability_zone"),
            ProjectId = of.Text("project_id"),
            UserId = of.Text("user_id"),
            Status = of.Text("status"),
            FailReason = of.Text("fail_reason"),
            Size = of.Whole("size"),
            DisplayName = of.Text("display_name"),
            DisplayDescription = of.Text("display_description"),
            ParentId = of.Text("parent_id"),
            Container = of.Text("container"),
            Service = of.Text("service"),
            ObjectCount = of.Whole("object_count"),
            NumDependentBackups = of.Whole("num_dependent_backups"),
            TempVolumeId = of.Text("temp_volume_id"),
            TempSnapshotId = of.Text("temp_snapshot_id"),
            RestoreVolumeId = of.Text("restore_volume_id"),
            EncryptionKeyId = of.Text("encryption_key_id"),
            CreatedAt = of.Time("created_at"),
        };
    }
}
