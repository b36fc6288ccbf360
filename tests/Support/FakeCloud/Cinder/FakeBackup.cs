namespace Cascade.Support;

/// <summary>A backup as the fake Cinder keeps it.</summary>
public sealed record FakeBackup
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public string? UserId { get; set; }

    public required string VolumeId { get; init; }

    public required int Size { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Updated { get; set; }

    public string? SnapshotId { get; init; }

    /// <summary>The backup that it is an increment of.</summary>
    public string? ParentId { get; init; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string Status { get; set; } = "creating";

    public string? FailReason { get; set; }

    public Dictionary<string, string> Metadata { get; init; } = [];

    public string Content { get; set; } = "";

    /// <summary>The metadata that the volume had: a restore writes it over that of the volume that it goes into.</summary>
    public Dictionary<string, string> VolumeMetadata { get; init; } = [];

    // cinder/backup/driver.py: BackupMetadataAPI._restore_vol_meta replaces all of it; cinder/backup/manager.py: _finish_restore_backup (restore_backup before).
    internal void HandDown(FakeVolume volume)
    {
        volume.Metadata.Clear();
        foreach (var (key, value) in VolumeMetadata)
        {
            volume.Metadata[key] = value;
        }

        if (volume.Id != VolumeId)
        {
            volume.Metadata["src_backup_id"] = Id;
        }
    }
}

/// <summary>A volume offered to another project.</summary>
public sealed record FakeTransfer(string Id, string VolumeId, string ProjectId, string AuthKey, bool NoSnapshots, DateTimeOffset Created)
{
    public string? Name { get; init; }
}
