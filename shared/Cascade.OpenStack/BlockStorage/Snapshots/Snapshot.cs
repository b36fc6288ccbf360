using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// A snapshot of a volume as Cinder shows it (cinder/api/v3/views/snapshots.py: ViewBuilder.detail, cinder/api/contrib/extended_snapshot_attributes.py).
/// </summary>
public sealed record Snapshot : IResource
{
    public required string Id { get; init; }

    /// <summary><c>creating</c>, <c>available</c>, <c>deleting</c>, <c>error</c>, <c>error_deleting</c>, <c>restoring</c>, <c>backing-up</c> …</summary>
    public string? Status { get; init; }

    /// <summary>GiB of its volume when it was made.</summary>
    public int? Size { get; init; }

    public string? VolumeId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null until the first change after the create.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    [AllowNull]
    public IReadOnlyDictionary<string, string> Metadata { get => field ?? Empty; init; }

    /// <summary>3.14.</summary>
    public string? GroupSnapshotId { get; init; }

    /// <summary>3.41.</summary>
    public string? UserId { get; init; }

    /// <summary>3.65.</summary>
    public bool? ConsumesQuota { get; init; }

    /// <summary>For instance <c>100%</c>.</summary>
    [JsonPropertyName("os-extended-snapshot-attributes:progress")]
    public string? Progress { get; init; }

    [JsonPropertyName("os-extended-snapshot-attributes:project_id")]
    public string? ProjectId { get; init; }

    private static readonly Dictionary<string, string> Empty = [];
}

internal sealed record SnapshotBody([property: JsonRequired] Snapshot Snapshot);

internal sealed record SnapshotPage(List<Snapshot>? Snapshots, List<PageLink>? SnapshotsLinks);
