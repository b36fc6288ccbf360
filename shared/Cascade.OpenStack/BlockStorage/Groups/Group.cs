using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A group of volumes as Cinder shows it (cinder/api/v3/views/groups.py: ViewBuilder.detail).</summary>
public sealed record Group
{
    public required string Id { get; init; }

    /// <summary><c>creating</c>, <c>available</c>, <c>updating</c>, <c>deleting</c>, <c>error</c> …</summary>
    public string? Status { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? AvailabilityZone { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>An id.</summary>
    public string? GroupType { get; init; }

    /// <summary>Ids of the types that its volumes may have.</summary>
    [AllowNull]
    public IReadOnlyList<string> VolumeTypes { get => field ?? []; init; }

    /// <summary>Ids of its volumes (3.25); null below, and where they were not asked for.</summary>
    public IReadOnlyList<string>? Volumes { get; init; }

    public string? GroupSnapshotId { get; init; }

    public string? SourceGroupId { get; init; }

    public string? ReplicationStatus { get; init; }

    /// <summary>3.58; for administrators.</summary>
    public string? ProjectId { get; init; }
}

internal sealed record GroupBody([property: JsonRequired] Group Group);

internal sealed record GroupMadeBody([property: JsonRequired] ResourceSummary Group);

internal sealed record GroupPage(List<Group>? Groups, [property: JsonPropertyName("group_links")] List<PageLink>? Links);
