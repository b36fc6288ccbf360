using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>
/// A port of a router inside sync_routers (neutron/db/l3_db.py: _populate_mtu_and_subnets_for_ports): a port's dictionary, and what of its network and subnets an agent
/// needs besides.
/// </summary>
/// <param name="Raw">The dictionary as it came.</param>
public sealed record RouterPort(string Id, JsonObject Raw)
{
    /// <summary>Empty for gateways and all that the server makes for its own sake.</summary>
    public string? ProjectId { get; init; }

    public string? NetworkId { get; init; }

    /// <summary>The router's id; the agent's for a port <c>network:floatingip_agent_gateway</c>.</summary>
    public string? DeviceId { get; init; }

    public string? DeviceOwner { get; init; }

    /// <summary>Lower case with colons.</summary>
    public string? MacAddress { get; init; }

    public bool? AdminStateUp { get; init; }

    /// <summary>ACTIVE once the agent of the second layer has reported it up.</summary>
    public string? Status { get; init; }

    /// <summary>The binding's host; empty while bound nowhere.</summary>
    public string? Host { get; init; }

    public string? VifType { get; init; }

    /// <summary>Octets; of the network.</summary>
    public int? Mtu { get; init; }

    public string? QosPolicyId { get; init; }

    public string? QosNetworkPolicyId { get; init; }

    public IReadOnlyList<RouterAddress> FixedIps { get; init; } = [];

    /// <summary>The subnets of <see cref="FixedIps"/>.</summary>
    public IReadOnlyList<RouterSubnet> Subnets { get; init; } = [];

    /// <summary>The other subnets of the network: on the same link.</summary>
    public IReadOnlyList<RouterSubnet> ExtraSubnets { get; init; } = [];

    /// <summary>Null when it has no id.</summary>
    public static RouterPort? Read(JsonObject? json) => json?.Text("id") is not { } id ? null : new(id, json)
    {
        ProjectId = json.Text("project_id") ?? json.Text("tenant_id"),
        NetworkId = json.Text("network_id"),
        DeviceId = json.Text("device_id"),
        DeviceOwner = json.Text("device_owner"),
        MacAddress = json.Text("mac_address"),
        AdminStateUp = json.Flag("admin_state_up"),
        Status = json.Text("status"),
        Host = json.Text("binding:host_id"),
        VifType = json.Text("binding:vif_type"),
        Mtu = json.Number("mtu"),
        QosPolicyId = json.Text("qos_policy_id"),
        QosNetworkPolicyId = json.Text("qos_network_policy_id"),
        FixedIps = [.. json.Each("fixed_ips").Select(ip => new RouterAddress(ip.Text("subnet_id"), ip.Text("ip_address"), ip.Number("prefixlen")))],
        Subnets = RouterSubnet.ReadAll(json, "subnets"),
        ExtraSubnets = RouterSubnet.ReadAll(json, "extra_subnets"),
    };

    internal static IReadOnlyList<RouterPort> ReadAll(JsonObject router, string name) => [.. router.Each(name).Select(Read).OfType<RouterPort>()];
}

/// <param name="IpAddress">v4 or v6, shortest form.</param>
/// <param name="PrefixLength">Of its subnet.</param>
public sealed record RouterAddress(string? SubnetId, string? IpAddress, int? PrefixLength);

/// <summary>What a router's port tells of a subnet.</summary>
/// <param name="GatewayIp">Null when the subnet has none.</param>
/// <param name="Ipv6RaMode"><c>slaac</c>, <c>dhcpv6-stateful</c>, <c>dhcpv6-stateless</c> or null.</param>
public sealed record RouterSubnet(string Id, string? Cidr, string? GatewayIp, string? Ipv6RaMode, string? SubnetpoolId, IReadOnlyList<string> DnsNameservers)
{
    internal static IReadOnlyList<RouterSubnet> ReadAll(JsonObject port, string name) => [.. port.Each(name).Select(Read).OfType<RouterSubnet>()];

    static RouterSubnet? Read(JsonObject of) => of.Text("id") is not { } id ? null
        : new(id, of.Text("cidr"), of.Text("gateway_ip"), of.Text("ipv6_ra_mode"), of.Text("subnetpool_id"), of.Texts("dns_nameservers"));
}
