using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A rule of a QoS policy; which members count depends on its type.</summary>
public sealed record QosRule
{
    public required string Id { get; init; }

    public string? QosPolicyId { get; init; }

    /// <summary>One of <see cref="QosRuleType"/>; shown inside a policy only.</summary>
    public string? Type { get; init; }

    public int? MaxKbps { get; init; }

    public int? MaxBurstKbps { get; init; }

    public int? MinKbps { get; init; }

    public int? MaxKpps { get; init; }

    public int? MaxBurstKpps { get; init; }

    public int? MinKpps { get; init; }

    public int? DscpMark { get; init; }

    /// <summary><c>ingress</c>, <c>egress</c>, for packet rates also <c>any</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>A rule to make, or what to change of one; null members are not sent.</summary>
public sealed record QosRuleRequest
{
    public int? MaxKbps { get; init; }

    public int? MaxBurstKbps { get; init; }

    public int? MinKbps { get; init; }

    public int? MaxKpps { get; init; }

    public int? MaxBurstKpps { get; init; }

    public int? MinKpps { get; init; }

    public int? DscpMark { get; init; }

    public string? Direction { get; init; }
}

/// <summary>Types of rules, as Neutron names them (neutron_lib/services/qos/constants.py).</summary>
public static class QosRuleType
{
    public const string BandwidthLimit = "bandwidth_limit";

    public const string DscpMarking = "dscp_marking";

    public const string MinimumBandwidth = "minimum_bandwidth";

    public const string MinimumPacketRate = "minimum_packet_rate";

    public const string PacketRateLimit = "packet_rate_limit";
}
