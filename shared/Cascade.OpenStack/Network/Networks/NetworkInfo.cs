using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>
/// A network (neutron_lib/api/definitions/network.py). The <c>provider:</c> members are for administrators; what a cloud has no extension
/// for is null.
/// </summary>
public sealed record NetworkInfo : IStamped, INetworkResource
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary><c>ACTIVE</c>, <c>DOWN</c>, <c>BUILD</c>, <c>ERROR</c>.</summary>
    public string? Status { get; init; }

    public bool? AdminStateUp { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>With everybody, by an RBAC policy for <c>*</c>.</summary>
    public bool? Shared { get; init; }

    /// <summary>Bytes of an IP packet.</summary>
    public int? Mtu { get; init; }

    /// <summary>Ids.</summary>
    public IReadOnlyList<string>? Subnets { get; init; }

    public bool? PortSecurityEnabled { get; init; }

    public string? QosPolicyId { get; init; }

    public string? DnsDomain { get; init; }

    public bool? VlanTransparent { get; init; }

    /// <summary><c>vxlan</c>, <c>vlan</c>, <c>flat</c>, <c>geneve</c>, <c>gre</c>, <c>local</c>.</summary>
    [JsonPropertyName("provider:network_type")]
    public string? ProviderNetworkType { get; init; }

    [JsonPropertyName("provider:physical_network")]
    public string? ProviderPhysicalNetwork { get; init; }

    /// <summary>VNI or VLAN id.</summary>
    [JsonPropertyName("provider:segmentation_id")]
    public int? ProviderSegmentationId { get; init; }

    [JsonPropertyName("router:external")]
    public bool? External { get; init; }

    public IReadOnlyList<string>? AvailabilityZoneHints { get; init; }

    public IReadOnlyList<string>? AvailabilityZones { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whole seconds of the cloud's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Goes up with every change; for <c>If-Match</c>.</summary>
    public long? RevisionNumber { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
