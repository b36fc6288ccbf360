using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A snapshot of a volume as Cinder shows it (cinder/api/views/snapshots.py: ViewBuilder.detail).</summary>
public sealed record Snapshot
{
    public required string Id { get; init; }

    public string? Status { get; init; }

    /// <summary>GiB of its volume.</summary>
    public int? Size { get; init; }

    public string? VolumeId { get; init; }
}

internal sealed record SnapshotBody([property: JsonRequired] Snapshot Snapshot);
