using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A group to make (cinder/api/schemas/groups.py: create).</summary>
public sealed record GroupCreate
{
    /// <summary>Name or id.</summary>
    public required string GroupType { get; init; }

    /// <summary>Names or ids of the types that its volumes may have; one at least.</summary>
    public required IReadOnlyList<string> VolumeTypes { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? AvailabilityZone { get; init; }
}

/// <summary>A group to make with volumes in it: exactly one of the two sources (cinder/api/schemas/groups.py: create_from_source).</summary>
public sealed record GroupCreateFromSource
{
    public string? GroupSnapshotId { get; init; }

    public string? SourceGroupId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }
}

/// <summary>What to change of a group, one at least. What is null stays as it is.</summary>
public sealed record GroupUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? AddVolumes { get; init; }

    public IReadOnlyList<string>? RemoveVolumes { get; init; }
}

internal sealed record GroupCreateBody(GroupCreate Group);

internal sealed record GroupUpdateBody(GroupChange Group);

/// <summary>Ids joined by commas.</summary>
internal sealed record GroupChange(string? Name, string? Description, string? AddVolumes, string? RemoveVolumes);

/// <summary>Body of <c>POST /groups/action</c> and <c>POST /groups/{id}/action</c>: exactly one of these.</summary>
internal sealed record GroupAction
{
    [JsonPropertyName("create-from-src")]
    public GroupCreateFromSource? CreateFromSource { get; init; }

    [JsonPropertyName("delete")]
    public GroupDelete? Delete { get; init; }

    [JsonPropertyName("reset_status")]
    public StatusReset? ResetStatus { get; init; }
}

internal sealed record GroupDelete([property: JsonPropertyName("delete-volumes")] bool DeleteVolumes);
