namespace Cascade.OpenStack.Network;

/// <summary>How a router gets out, as shown: <c>{"network_id": …, "enable_snat": …, "external_fixed_ips": [{"subnet_id": …, "ip_address": …}]}</c>.</summary>
public sealed record ExternalGateway
{
    public required string NetworkId { get; init; }

    /// <summary>Null without <see cref="Extension.GatewayMode"/>.</summary>
    public bool? EnableSnat { get; init; }

    /// <summary>Addresses of the gateway port, which belongs to no project and which only administrators see.</summary>
    public IReadOnlyList<FixedIp>? ExternalFixedIps { get; init; }

    /// <summary>Shown only when there is one, here or on the network (db/l3_gateway_ip_qos.py: _extend_router_dict_gw_qos).</summary>
    public string? QosPolicyId { get; init; }
}
