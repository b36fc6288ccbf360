using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>What to back up (cinder/api/schemas/backups.py: create_backup_v351). Null members are not sent.</summary>
public sealed record BackupCreate
{
    public required string VolumeId { get; init; }

    /// <summary>This snapshot of the volume instead of the volume as it is.</summary>
    public string? SnapshotId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Container { get; init; }

    /// <summary>What changed since the latest backup; Invalid where there is none.</summary>
    public bool Incremental { get; init; }

    /// <summary>Also of a volume in use.</summary>
    public bool Force { get; init; }

    /// <summary>3.43.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Of the cinder-backup (3.51).</summary>
    public string? AvailabilityZone { get; init; }

    internal (Microversion? Floor, string? Why) Floor =>
        AvailabilityZone is not null ? (new Microversion(3, 51), "a zone to back up to")
        : Metadata is not null ? (new Microversion(3, 43), "metadata of a backup")
        : (null, null);
}

/// <summary>What to change of a backup (3.9). What is not set stays as it is.</summary>
public sealed record BackupUpdate
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable Description { get; init; }

    /// <summary>In place of all there is (3.43).</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

internal sealed record BackupCreateBody(BackupCreate Backup);

internal sealed record BackupUpdateBody(BackupUpdate Backup);

internal sealed record BackupRestoreBody(BackupRestore Restore);

internal sealed record BackupRestore(string? VolumeId, string? Name);

/// <summary>Body of <c>POST /backups/{id}/action</c>: exactly one of these (cinder/api/contrib/admin_actions.py: BackupAdminController).</summary>
internal sealed record BackupAction
{
    [JsonPropertyName("os-reset_status")]
    public StatusReset? ResetStatus { get; init; }

    [JsonPropertyName("os-force_delete")]
    public NoArguments? ForceDelete { get; init; }
}
