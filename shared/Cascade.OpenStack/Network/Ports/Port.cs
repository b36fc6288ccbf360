using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>
/// A port (neutron_lib/api/definitions/port.py and its extensions). The <c>binding:</c> members but <c>vnic_type</c> are for
/// administrators; what a cloud has no extension for is null.
/// </summary>
public sealed record Port : IStamped
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public string? NetworkId { get; init; }

    /// <summary>With colons, in the case in which it was said: compare without regard to it, as the database does.</summary>
    public string? MacAddress { get; init; }

    public IReadOnlyList<FixedIp>? FixedIps { get; init; }

    public bool? AdminStateUp { get; init; }

    /// <summary><c>ACTIVE</c>, <c>BUILD</c>, <c>DOWN</c>, <c>ERROR</c>, <c>N/A</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Empty when nothing uses it.</summary>
    public string? DeviceId { get; init; }

    /// <summary><c>compute:nova</c>, <c>network:dhcp</c>, …; empty when nothing uses it.</summary>
    public string? DeviceOwner { get; init; }

    /// <summary>Ids.</summary>
    public IReadOnlyList<string>? SecurityGroups { get; init; }

    public bool? PortSecurityEnabled { get; init; }

    public IReadOnlyList<AllowedAddressPair>? AllowedAddressPairs { get; init; }

    public IReadOnlyList<ExtraDhcpOption>? ExtraDhcpOpts { get; init; }

    public string? DnsName { get; init; }

    public string? DnsDomain { get; init; }

    public IReadOnlyList<DnsAssignment>? DnsAssignment { get; init; }

    public string? QosPolicyId { get; init; }

    /// <summary>The network's, which counts when the port has none.</summary>
    public string? QosNetworkPolicyId { get; init; }

    public bool? PropagateUplinkStatus { get; init; }

    /// <summary><c>normal</c>, <c>direct</c>, <c>macvtap</c>, <c>baremetal</c>, …</summary>
    [JsonPropertyName("binding:vnic_type")]
    public string? BindingVnicType { get; init; }

    [JsonPropertyName("binding:host_id")]
    public string? BindingHostId { get; init; }

    /// <summary><c>ovs</c>, <c>unbound</c>, <c>binding_failed</c>, <c>distributed</c>, …</summary>
    [JsonPropertyName("binding:vif_type")]
    public string? BindingVifType { get; init; }

    [JsonPropertyName("binding:vif_details")]
    public JsonElement? BindingVifDetails { get; init; }

    [JsonPropertyName("binding:profile")]
    public JsonElement? BindingProfile { get; init; }

    /// <summary><c>immediate</c>, <c>deferred</c> or <c>none</c>.</summary>
    public string? IpAllocation { get; init; }

    public string? NumaAffinityPolicy { get; init; }

    /// <summary>Null but for the parent port of a trunk.</summary>
    public TrunkDetails? TrunkDetails { get; init; }

    public JsonElement? ResourceRequest { get; init; }

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
