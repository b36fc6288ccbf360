using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>What a backend has, whether Cinder knows it or not (cinder/api/views/manageable_volumes.py: ViewBuilder.detail).</summary>
public sealed record ManageableVolume
{
    /// <summary>The driver's words for it, such as <c>{"source-name": "…"}</c>.</summary>
    public JsonObject? Reference { get; init; }

    /// <summary>GiB.</summary>
    public int? Size { get; init; }

    public bool? SafeToManage { get; init; }

    public string? ReasonNotSafe { get; init; }

    /// <summary>The volume that Cinder has it as.</summary>
    public string? CinderId { get; init; }
}

/// <summary>A snapshot that a backend has (cinder/api/views/manageable_snapshots.py: ViewBuilder.detail).</summary>
public sealed record ManageableSnapshot
{
    /// <summary>The driver's words for it.</summary>
    public JsonObject? Reference { get; init; }

    /// <summary>The driver's words for its volume.</summary>
    public JsonObject? SourceReference { get; init; }

    /// <summary>GiB.</summary>
    public int? Size { get; init; }

    public bool? SafeToManage { get; init; }

    public string? ReasonNotSafe { get; init; }

    /// <summary>The snapshot that Cinder has it as.</summary>
    public string? CinderId { get; init; }
}

internal sealed record ManageableVolumeList([property: JsonPropertyName("manageable-volumes")] List<ManageableVolume>? Volumes);

internal sealed record ManageableSnapshotList([property: JsonPropertyName("manageable-snapshots")] List<ManageableSnapshot>? Snapshots);
