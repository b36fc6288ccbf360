using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>A volume as the fake Cinder keeps it.</summary>
public sealed record FakeVolume
{
    public required string Id { get; init; }

    public required string ProjectId { get; set; }

    public required int Size { get; set; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Whole seconds; null until something changed after the create.</summary>
    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public string? UserId { get; set; }

    public string? Type { get; set; }

    public string Zone { get; set; } = "nova";

    /// <summary>The pool; null is the first.</summary>
    public string? Host { get; set; }

    public string Status { get; set; } = "creating";

    public string? PreviousStatus { get; set; }

    public bool Multiattach { get; set; }

    public bool Bootable { get; set; }

    public bool Encrypted { get; set; }

    /// <summary>Null while nobody has said.</summary>
    public bool? Readonly { get; set; }

    public string? ImageId { get; set; }

    public string? SnapshotId { get; set; }

    public string? SourceVolid { get; set; }

    public string? GroupId { get; set; }

    public string? MigrationStatus { get; set; }

    /// <summary>What its backend calls it; of a volume behind Cinder-Proxy the child's volume.</summary>
    public string? ProviderId { get; set; }

    public Dictionary<string, string> Metadata { get; init; } = [];

    public Dictionary<string, string> ImageMetadata { get; init; } = [];

    /// <summary>What is on it, in place of bytes: goes along to snapshots, clones, backups and images.</summary>
    public string Content { get; set; } = "";

    internal FakeVolume Copy() => this with { Metadata = new(Metadata), ImageMetadata = new(ImageMetadata) };
}

/// <summary>An attachment as the fake Cinder keeps it.</summary>
public sealed record FakeAttachment
{
    public required string Id { get; init; }

    public required string VolumeId { get; init; }

    public required string Instance { get; init; }

    public string Status { get; set; } = "reserved";

    public JsonObject? Connector { get; set; }

    public JsonObject? ConnectionInfo { get; set; }
}
