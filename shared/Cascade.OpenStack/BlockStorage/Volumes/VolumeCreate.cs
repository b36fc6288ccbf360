using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// What to create (cinder/api/schemas/volumes.py: create_volume_v353); at most one of the four sources. Null members are not sent. That several servers may
/// have it is the volume type's to say (extra spec <c>multiattach</c>): as a member of its own it is refused (cinder/api/v3/volumes.py: create).
/// </summary>
public sealed record VolumeCreate
{
    /// <summary>GiB; null takes the source's. Not less than the source's, and never null for an image.</summary>
    public int? Size { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Name or id.</summary>
    public string? VolumeType { get; init; }

    /// <summary>Null takes the zone of the snapshot or volume that it is made from, else the cloud's default.</summary>
    public string? AvailabilityZone { get; init; }

    public string? SnapshotId { get; init; }

    /// <summary>A volume to clone.</summary>
    public string? SourceVolid { get; init; }

    [JsonPropertyName("imageRef")]
    public string? ImageRef { get; init; }

    /// <summary>3.47.</summary>
    public string? BackupId { get; init; }

    /// <summary>3.13; the volume type must be one of the group's.</summary>
    public string? GroupId { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
