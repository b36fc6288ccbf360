namespace Cascade.Support;

/// <summary>A group of volumes as the fake Cinder keeps it.</summary>
public sealed record FakeVolumeGroup
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required FakeGroupType Type { get; init; }

    public required IReadOnlyList<string> VolumeTypes { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string Status { get; set; } = "creating";

    public string? GroupSnapshotId { get; init; }

    public string? SourceGroupId { get; init; }
}

/// <summary>A snapshot of a group as the fake Cinder keeps it.</summary>
public sealed record FakeGroupSnapshot
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string GroupId { get; init; }

    public required FakeGroupType Type { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string Status { get; set; } = "creating";
}

/// <summary>A type of groups.</summary>
public sealed record FakeGroupType(string Id, string Name, IReadOnlyDictionary<string, string> GroupSpecs);
