using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A backup of a volume as Cinder shows it (cinder/api/v3/views/backups.py: ViewBuilder.detail).</summary>
public sealed record Backup : IResource
{
    public required string Id { get; init; }

    /// <summary><c>creating</c>, <c>available</c>, <c>deleting</c>, <c>restoring</c>, <c>error</c>, <c>error_deleting</c> …</summary>
    public string? Status { get; init; }

    /// <summary>GiB of its volume.</summary>
    public int? Size { get; init; }

    public string? VolumeId { get; init; }

    /// <summary>The snapshot that it was made of, if not of the volume as it was.</summary>
    public string? SnapshotId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>What went wrong, in cinder-backup's words.</summary>
    public string? FailReason { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? Container { get; init; }

    public int? ObjectCount { get; init; }

    public bool? IsIncremental { get; init; }

    /// <summary>Others are increments of it, so it cannot be deleted.</summary>
    public bool? HasDependentBackups { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>As of when its bytes are.</summary>
    public DateTimeOffset? DataTimestamp { get; init; }

    /// <summary>3.43.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Metadata { get => field ?? Empty; init; }

    /// <summary>3.18; for administrators.</summary>
    [JsonPropertyName("os-backup-project-attr:project_id")]
    public string? ProjectId { get; init; }

    /// <summary>Who made it (3.56); for administrators.</summary>
    public string? UserId { get; init; }

    private static readonly Dictionary<string, string> Empty = [];
}

/// <summary>Where a backup is being restored to (cinder/api/views/backups.py: restore_summary).</summary>
public sealed record BackupRestored(string BackupId, string VolumeId, string? VolumeName);

internal sealed record BackupBody([property: JsonRequired] Backup Backup);

internal sealed record BackupPage(List<Backup>? Backups, List<PageLink>? BackupsLinks);

internal sealed record BackupMadeBody([property: JsonRequired] ResourceSummary Backup);

internal sealed record BackupRestoredBody([property: JsonRequired] BackupRestored Restore);
