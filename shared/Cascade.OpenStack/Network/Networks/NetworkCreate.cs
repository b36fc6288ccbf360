using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A network to make; null members are not sent. <c>provider:</c> members, sharing and other projects are for administrators.</summary>
public sealed record NetworkCreate
{
    public string? Name { get; init; }

    /// <summary>At most 255 characters.</summary>
    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public bool? AdminStateUp { get; init; }

    public bool? Shared { get; init; }

    /// <summary>400 when above what the cloud carries (neutron/plugins/ml2/plugin.py: _get_network_mtu).</summary>
    public int? Mtu { get; init; }

    public bool? PortSecurityEnabled { get; init; }

    public string? QosPolicyId { get; init; }

    /// <summary>With a dot at its end.</summary>
    public string? DnsDomain { get; init; }

    public bool? VlanTransparent { get; init; }

    [JsonPropertyName("provider:network_type")]
    public string? ProviderNetworkType { get; init; }

    [JsonPropertyName("provider:physical_network")]
    public string? ProviderPhysicalNetwork { get; init; }

    /// <summary>Any VNI, also outside the ranges for tenants (plugins/ml2/drivers/type_tunnel.py: reserve_provider_segment).</summary>
    [JsonPropertyName("provider:segmentation_id")]
    public int? ProviderSegmentationId { get; init; }

    [JsonPropertyName("router:external")]
    public bool? External { get; init; }

    public IReadOnlyList<string>? AvailabilityZoneHints { get; init; }
}
