namespace Cascade.Support;

/// <summary>A snapshot as the fake Cinder keeps it.</summary>
public sealed record FakeSnapshot(string Id, string VolumeId, int Size)
{
    public required string ProjectId { get; set; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Updated { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? UserId { get; set; }

    public string Status { get; set; } = "creating";

    public string? GroupSnapshotId { get; set; }

    public Dictionary<string, string> Metadata { get; init; } = [];

    public Dictionary<string, string> ImageMetadata { get; init; } = [];

    public bool Bootable { get; set; }

    /// <summary>What was on the volume.</summary>
    public string Content { get; set; } = "";

    internal FakeSnapshot Copy() => this with { Metadata = new(Metadata), ImageMetadata = new(ImageMetadata) };
}
