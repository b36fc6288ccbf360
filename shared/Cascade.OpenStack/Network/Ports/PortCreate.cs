using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A port to make; null members are not sent.</summary>
public sealed record PortCreate
{
    public required string NetworkId { get; init; }

    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Null leaves it to Neutron; for administrators and the network's owner.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Not said: one of each kind of subnet; empty: none.</summary>
    public IReadOnlyList<FixedIp>? FixedIps { get; init; }

    public bool? AdminStateUp { get; init; }

    public string? DeviceId { get; init; }

    public string? DeviceOwner { get; init; }

    /// <summary>Ids. Not said: the project's default group; empty: none.</summary>
    public IReadOnlyList<string>? SecurityGroups { get; init; }

    public bool? PortSecurityEnabled { get; init; }

    public IReadOnlyList<AllowedAddressPair>? AllowedAddressPairs { get; init; }

    public IReadOnlyList<ExtraDhcpOption>? ExtraDhcpOpts { get; init; }

    public string? DnsName { get; init; }

    public string? DnsDomain { get; init; }

    public string? QosPolicyId { get; init; }

    public bool? PropagateUplinkStatus { get; init; }

    [JsonPropertyName("binding:vnic_type")]
    public string? BindingVnicType { get; init; }

    /// <summary>For administrators; from 2025.1 on also for the role <c>service</c>.</summary>
    [JsonPropertyName("binding:host_id")]
    public string? BindingHostId { get; init; }

    /// <summary>From 2025.1 on for the role <c>service</c> only.</summary>
    [JsonPropertyName("binding:profile")]
    public JsonElement? BindingProfile { get; init; }

    public string? NumaAffinityPolicy { get; init; }
}
