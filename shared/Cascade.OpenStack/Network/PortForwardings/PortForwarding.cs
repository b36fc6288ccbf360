using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>
/// A port of a floating IP that leads to a port of an address inside (neutron_lib/api/definitions/floating_ip_port_forwarding.py,
/// fip_pf_description.py, fip_pf_port_range.py).
/// </summary>
public sealed record PortForwarding
{
    public required string Id { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c>, …</summary>
    public string? Protocol { get; init; }

    public string? InternalPortId { get; init; }

    public string? InternalIpAddress { get; init; }

    /// <summary>Null for a range.</summary>
    public int? InternalPort { get; init; }

    /// <summary>Null for a range.</summary>
    public int? ExternalPort { get; init; }

    /// <summary><c>80:90</c>; of a single port twice the same. Null without <see cref="Extension.PortForwardingRanges"/>.</summary>
    public string? InternalPortRange { get; init; }

    public string? ExternalPortRange { get; init; }

    public string? Description { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
