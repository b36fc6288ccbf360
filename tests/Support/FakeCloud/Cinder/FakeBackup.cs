namespace Cascade.Support;

/// <summary>A backup as the fake Cinder keeps it.</summary>
public sealed record FakeBackup
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public string? UserId { get; set; }

    public required string VolumeId { get; init; }

    public required int Size { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Updated { get; set; }

    public string? SnapshotId { get; init; }

    /// <summary>The backup that it is an increment of.</summary>
    public string? ParentId { get; init; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string Status { get; set; } = "creating";

    public string? FailReason { get; set; }

    public Dictionary<string, string> Metadata { get; init; } = [];

    public string Content { get; set; } = "";
}

/// <summary>A volume offered to another project.</summary>
public sealed record FakeTransfer(string Id, string VolumeId, string ProjectId, string AuthKey, bool NoSnapshots, DateTimeOffset Created)
{
    public string? Name { get; init; }
}
