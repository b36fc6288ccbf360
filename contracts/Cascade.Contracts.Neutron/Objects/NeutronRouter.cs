using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>
/// A router as sync_routers answers it (neutron/db/l3_db.py: get_sync_data; l3_dvr_db.py and l3_hamode_db.py: their own members). Lists that have no members are missing
/// there and empty here.
/// </summary>
/// <param name="Raw">The dictionary as it came.</param>
public sealed record NeutronRouter(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Always true in an answer: others are left out.</summary>
    public bool? AdminStateUp { get; init; }

    public string? Status { get; init; }

    public string? FlavorId { get; init; }

    public bool? Distributed { get; init; }

    public bool? Ha { get; init; }

    public int? HaVrId { get; init; }

    /// <summary><c>active</c> or <c>standby</c>: what this host said last; null for a router that is not highly available.</summary>
    public string? HaState { get; init; }

    public bool? EnableNdpProxy { get; init; }

    public IReadOnlyList<string> AvailabilityZones { get; init; } = [];

    public IReadOnlyList<string> AvailabilityZoneHints { get; init; } = [];

    public IReadOnlyList<HostRoute> Routes { get; init; } = [];

    /// <summary>Null when it has none.</summary>
    public RouterGateway? Gateway { get; init; }

    public string? GatewayPortId { get; init; }

    public RouterPort? GatewayPort { get; init; }

    /// <summary>The host whose agent hosts the router, for a distributed one the part with SNAT; null without a gateway.</summary>
    public string? GatewayPortHost { get; init; }

    /// <summary>Its ports inside, one for each IPv4 subnet, and one for all IPv6 subnets of a network.</summary>
    public IReadOnlyList<RouterPort> Interfaces { get; init; } = [];

    /// <summary>Distributed: the inner ports of the part with SNAT.</summary>
    public IReadOnlyList<RouterPort> SnatInterfaces { get; init; } = [];

    /// <summary>Distributed: this host's own ports on external networks, of any router.</summary>
    public IReadOnlyList<RouterPort> FloatingIpAgentInterfaces { get; init; } = [];

    /// <summary>Highly available: this host's port on the network between the agents.</summary>
    public RouterPort? HaInterface { get; init; }

    /// <summary>Those that are associated with a port of a subnet behind this router.</summary>
    public IReadOnlyList<NeutronFloatingIp> FloatingIps { get; init; } = [];

    /// <summary>Those of which single ports are forwarded; none of them is in <see cref="FloatingIps"/>. What they forward is pulled (<see cref="NeutronPortForwarding"/>).</summary>
    public IReadOnlyList<NeutronFloatingIp> PortForwardingFloatingIps { get; init; } = [];

    public IReadOnlyList<NeutronConntrackHelper> ConntrackHelpers { get; init; } = [];

    /// <summary>Null when it has no id.</summary>
    public static NeutronRouter? Read(JsonObject? json)
    {
        if (json?.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, json)
        {
            ProjectId = json.Text("project_id") ?? json.Text("tenant_id"),
            Name = json.Text("name"),
            Description = json.Text("description"),
            AdminStateUp = json.Flag("admin_state_up"),
            Status = json.Text("status"),
            FlavorId = json.Text("flavor_id"),
            Distributed = json.Flag("distributed"),
            Ha = json.Flag("ha"),
            HaVrId = json.Number("ha_vr_id"),
            HaState = json.Text("_ha_state"),
            EnableNdpProxy = json.Flag("enable_ndp_proxy"),
            AvailabilityZones = json.Texts("availability_zones"),
            AvailabilityZoneHints = json.Texts("availability_zone_hints"),
            Routes = [.. json.Each("routes").Select(route => new HostRoute(route.Text("destination"), route.Text("nexthop")))],
            Gateway = RouterGateway.Read(json),
            GatewayPortId = json.Text("gw_port_id"),
            GatewayPort = RouterPort.Read(json["gw_port"] as JsonObject),
            GatewayPortHost = json.Text("gw_port_host"),
            Interfaces = RouterPort.ReadAll(json, "_interfaces"),
            SnatInterfaces = RouterPort.ReadAll(json, "_snat_router_interfaces"),
            FloatingIpAgentInterfaces = RouterPort.ReadAll(json, "_floatingip_agent_interfaces"),
            HaInterface = RouterPort.Read(json["_ha_interface"] as JsonObject),
            FloatingIps = [.. json.Each("_floatingips").Select(NeutronFloatingIp.Read).OfType<NeutronFloatingIp>()],
            PortForwardingFloatingIps = [.. json.Each("_pf_floatingips").Select(NeutronFloatingIp.Read).OfType<NeutronFloatingIp>()],
            ConntrackHelpers = [.. json.Each("conntrack_helpers").Select(NeutronConntrackHelper.Read).OfType<NeutronConntrackHelper>()],
        };
    }
}

/// <summary>A router's <c>external_gateway_info</c>.</summary>
/// <param name="EnableSnat">True when servers without a floating IP go out under the router's address.</param>
/// <param name="FixedIps">The router's addresses outside, the first of each family with SNAT.</param>
/// <param name="QosPolicyId">Of the gateway's addresses (neutron/db/l3_gateway_ip_qos.py); the member is missing when there is none.</param>
/// <param name="QosNetworkPolicyId">The external network's policy: valid when the gateway has none of its own.</param>
public sealed record RouterGateway(string? NetworkId, bool? EnableSnat, IReadOnlyList<FixedIp> FixedIps, string? QosPolicyId, string? QosNetworkPolicyId)
{
    internal static RouterGateway? Read(JsonObject router) => router["external_gateway_info"] is not JsonObject { Count: > 0 } info ? null : new(
        info.Text("network_id"),
        info.Flag("enable_snat") ?? router.Flag("enable_snat"),
        [.. info.Each("external_fixed_ips").Select(ip => new FixedIp(ip.Text("subnet_id"), ip.Text("ip_address")))],
        info.Text("qos_policy_id") ?? router.Text("qos_policy_id"),
        router.Text("qos_network_policy_id"));
}
