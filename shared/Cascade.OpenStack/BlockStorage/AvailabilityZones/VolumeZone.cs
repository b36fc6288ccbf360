using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A zone that volumes may ask for (cinder/api/views/availability_zones.py, whose words are in camel case).</summary>
public sealed record VolumeZone
{
    [AllowNull]
    [JsonPropertyName("zoneName")]
    public string Name { get => field ?? ""; init; }

    [JsonPropertyName("zoneState")]
    public VolumeZoneState? State { get; init; }

    /// <summary>False when all of its cinder-volume are disabled (cinder/volume/api.py: list_availability_zones).</summary>
    [JsonIgnore]
    public bool IsAvailable => State?.Available is true;
}

public sealed record VolumeZoneState(bool Available);

internal sealed record VolumeZoneList([property: JsonPropertyName("availabilityZoneInfo")] List<VolumeZone>? Zones);
