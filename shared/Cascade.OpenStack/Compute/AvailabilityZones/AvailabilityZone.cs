using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>A zone that servers may ask for (nova/api/openstack/compute/availability_zone.py, whose words are in camel case).</summary>
public sealed record AvailabilityZone
{
    [AllowNull]
    [JsonPropertyName("zoneName")]
    public string Name { get => field ?? ""; init; }

    [JsonPropertyName("zoneState")]
    public AvailabilityZoneState? State { get; init; }

    /// <summary>False while none of its hosts takes servers: nova refuses a create that asks for it then.</summary>
    [JsonIgnore]
    public bool IsAvailable => State?.Available is true;
}

public sealed record AvailabilityZoneState(bool Available);

internal sealed record AvailabilityZonePage([property: JsonPropertyName("availabilityZoneInfo")] List<AvailabilityZone>? Zones);
