using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A row of <c>openstack network agent list</c>; for administrators.</summary>
public sealed record NetworkAgent
{
    public required string Id { get; init; }

    /// <summary><c>Open vSwitch agent</c>, <c>DHCP agent</c>, <c>L3 agent</c>, <c>OVN Controller agent</c>, …</summary>
    public string? AgentType { get; init; }

    public string? Binary { get; init; }

    public string? Host { get; init; }

    public string? Topic { get; init; }

    public bool? Alive { get; init; }

    public bool? AdminStateUp { get; init; }

    public string? AvailabilityZone { get; init; }

    /// <summary>As the agent reported it.</summary>
    public JsonElement? Configurations { get; init; }

    public string? Description { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

public sealed record NetworkAgentUpdate
{
    public bool? AdminStateUp { get; init; }

    public string? Description { get; init; }
}
