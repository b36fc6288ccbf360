using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A floating IP (neutron_lib/api/definitions/l3.py, qos_fip.py, fip_port_details.py).</summary>
public sealed record FloatingIp : IStamped, INetworkResource
{
    public required string Id { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    [JsonPropertyName("floating_ip_address")]
    public string? Address { get; init; }

    public string? FloatingNetworkId { get; init; }

    /// <summary>The router that leads to the port; null while it leads nowhere. Also set while there are port forwardings.</summary>
    public string? RouterId { get; init; }

    /// <summary>The port it leads to; null while it leads nowhere.</summary>
    public string? PortId { get; init; }

    /// <summary>The address of that port.</summary>
    public string? FixedIpAddress { get; init; }

    /// <summary>
    /// <c>ACTIVE</c>, <c>DOWN</c>, <c>ERROR</c>; as the L3 agent said last, so for a while after a change it is that of before
    /// (services/l3_router/l3_router_plugin.py: create_floatingip; api/rpc/handlers/l3_rpc.py: update_floatingip_statuses).
    /// </summary>
    public string? Status { get; init; }

    public string? QosPolicyId { get; init; }

    /// <summary>Its port forwardings, whole but for a few members (neutron_lib/api/definitions/expose_port_forwarding_in_fip.py).</summary>
    public IReadOnlyList<PortForwardingOutline>? PortForwardings { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whole seconds of the cloud's clock; a change of status is one.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Goes up with every change; for <c>If-Match</c>.</summary>
    public long? RevisionNumber { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
