using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>A volume as the fake Cinder keeps it.</summary>
public sealed record FakeVolume
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required int Size { get; set; }

    public required DateTimeOffset Created { get; init; }

    public string Name { get; set; } = "";

    public string? Type { get; set; }

    public string Zone { get; set; } = "nova";

    public string Status { get; set; } = "creating";

    public bool Multiattach { get; set; }

    public bool Bootable { get; set; }

    public string? ImageId { get; set; }

    public string? SnapshotId { get; set; }

    public string? MigrationStatus { get; set; }

    /// <summary>What its backend calls it; of a volume behind Cinder-Proxy the child's volume.</summary>
    public string? ProviderId { get; set; }

    public Dictionary<string, string> Metadata { get; init; } = [];
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

/// <summary>A snapshot as the fake Cinder keeps it.</summary>
public sealed record FakeSnapshot(string Id, string ProjectId, string VolumeId, int Size);
