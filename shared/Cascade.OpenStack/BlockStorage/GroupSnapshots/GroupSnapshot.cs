using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// A snapshot of all volumes of a group at once (cinder/api/v3/views/group_snapshots.py: ViewBuilder.detail). Its snapshots have its id in
/// <see cref="Snapshot.GroupSnapshotId"/>.
/// </summary>
public sealed record GroupSnapshot
{
    public required string Id { get; init; }

    public string? Status { get; init; }

    public string? GroupId { get; init; }

    public string? GroupTypeId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>3.58; for administrators.</summary>
    public string? ProjectId { get; init; }
}

/// <summary>What to take (cinder/api/schemas/group_snapshots.py: create).</summary>
public sealed record GroupSnapshotCreate
{
    public required string GroupId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }
}

internal sealed record GroupSnapshotBody([property: JsonRequired] GroupSnapshot GroupSnapshot);

internal sealed record GroupSnapshotMadeBody([property: JsonRequired] ResourceSummary GroupSnapshot);

internal sealed record GroupSnapshotPage(List<GroupSnapshot>? GroupSnapshots, [property: JsonPropertyName("group_snapshot_links")] List<PageLink>? Links);

internal sealed record GroupSnapshotCreateBody(GroupSnapshotCreate GroupSnapshot);
