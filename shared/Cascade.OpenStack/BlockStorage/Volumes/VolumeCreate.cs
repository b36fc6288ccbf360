using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>What to create (cinder/api/schemas/volumes.py: create). Null members are not sent.</summary>
public sealed record VolumeCreate
{
    /// <summary>GiB; null takes the source's.</summary>
    public int? Size { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Name or id.</summary>
    public string? VolumeType { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? SnapshotId { get; init; }

    [JsonPropertyName("imageRef")]
    public string? ImageRef { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
