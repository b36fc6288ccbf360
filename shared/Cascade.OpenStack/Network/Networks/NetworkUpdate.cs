using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>What to change; provider members cannot be, but for the id of a VLAN (plugins/ml2/plugin.py: _update_provider_network_attributes).</summary>
public sealed record NetworkUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? AdminStateUp { get; init; }

    public bool? Shared { get; init; }

    public int? Mtu { get; init; }

    public bool? PortSecurityEnabled { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable QosPolicyId { get; init; }

    /// <summary>Empty takes it away.</summary>
    public string? DnsDomain { get; init; }

    [JsonPropertyName("router:external")]
    public bool? External { get; init; }

    [JsonPropertyName("provider:segmentation_id")]
    public int? ProviderSegmentationId { get; init; }
}
