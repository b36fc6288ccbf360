using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// Quota and usage of a project; -1 is without limit, and usage is null where policy hides it (cinder/api/views/limits.py, cinder/api/contrib/used_limits.py).
/// </summary>
public sealed record BlockStorageLimits
{
    [JsonPropertyName("maxTotalVolumes")]
    public int MaxTotalVolumes { get; init; } = -1;

    /// <summary>GiB.</summary>
    [JsonPropertyName("maxTotalVolumeGigabytes")]
    public int MaxTotalVolumeGigabytes { get; init; } = -1;

    [JsonPropertyName("maxTotalSnapshots")]
    public int MaxTotalSnapshots { get; init; } = -1;

    [JsonPropertyName("maxTotalBackups")]
    public int MaxTotalBackups { get; init; } = -1;

    /// <summary>GiB.</summary>
    [JsonPropertyName("maxTotalBackupGigabytes")]
    public int MaxTotalBackupGigabytes { get; init; } = -1;

    [JsonPropertyName("totalVolumesUsed")]
    public int? TotalVolumesUsed { get; init; }

    /// <summary>GiB, of volumes and, unless <c>no_snapshot_gb_quota</c>, of snapshots.</summary>
    [JsonPropertyName("totalGigabytesUsed")]
    public int? TotalGigabytesUsed { get; init; }

    [JsonPropertyName("totalSnapshotsUsed")]
    public int? TotalSnapshotsUsed { get; init; }

    [JsonPropertyName("totalBackupsUsed")]
    public int? TotalBackupsUsed { get; init; }

    /// <summary>GiB.</summary>
    [JsonPropertyName("totalBackupGigabytesUsed")]
    public int? TotalBackupGigabytesUsed { get; init; }
}

internal sealed record LimitsBody([property: JsonRequired] LimitsMembers Limits);

internal sealed record LimitsMembers([property: JsonRequired] BlockStorageLimits Absolute);
