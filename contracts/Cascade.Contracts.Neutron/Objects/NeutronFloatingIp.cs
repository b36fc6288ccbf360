using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>A floating IP inside sync_routers (neutron/db/l3_db.py: _make_floatingip_dict_with_scope; l3_dvr_db.py: where it is served).</summary>
/// <param name="Raw">The dictionary as it came.</param>
public sealed record NeutronFloatingIp(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Description { get; init; }

    public string? FloatingIpAddress { get; init; }

    public string? FloatingNetworkId { get; init; }

    /// <summary>The address behind it; null for one of which ports are forwarded.</summary>
    public string? FixedIpAddress { get; init; }

    /// <summary>The port behind it; null for one of which ports are forwarded.</summary>
    public string? PortId { get; init; }

    public string? RouterId { get; init; }

    /// <summary>ACTIVE, DOWN or ERROR: what the agent said last; DOWN at first.</summary>
    public string? Status { get; init; }

    public string? QosPolicyId { get; init; }

    /// <summary>The external network's policy: valid when the floating IP has none of its own.</summary>
    public string? QosNetworkPolicyId { get; init; }

    public string? DnsName { get; init; }

    public string? DnsDomain { get; init; }

    /// <summary>Null when there is no port behind it, or it is gone.</summary>
    public FloatingIpPort? PortDetails { get; init; }

    /// <summary>In short; the objects tell ranges and descriptions besides.</summary>
    public IReadOnlyList<NeutronPortForwarding> PortForwardings { get; init; } = [];

    /// <summary>Distributed: the host of the port behind it. The member is missing for other routers.</summary>
    public string? Host { get; init; }

    /// <summary>Distributed: where the port behind it is moving to.</summary>
    public string? DestHost { get; init; }

    /// <summary>Distributed: it is served where SNAT is, as the port behind it is bound nowhere.</summary>
    public bool? DvrSnatBound { get; init; }

    /// <summary>Null when it has no id.</summary>
    public static NeutronFloatingIp? Read(JsonObject? json) => json?.Text("id") is not { } id ? null : new(id, json)
    {
        ProjectId = json.Text("project_id") ?? json.Text("tenant_id"),
        Description = json.Text("description"),
        FloatingIpAddress = json.Text("floating_ip_address"),
        FloatingNetworkId = json.Text("floating_network_id"),
        FixedIpAddress = json.Text("fixed_ip_address"),
        PortId = json.Text("port_id"),
        RouterId = json.Text("router_id"),
        Status = json.Text("status"),
        QosPolicyId = json.Text("qos_policy_id"),
        QosNetworkPolicyId = json.Text("qos_network_policy_id"),
        DnsName = json.Text("dns_name"),
        DnsDomain = json.Text("dns_domain"),
        PortDetails = FloatingIpPort.Read(json["port_details"] as JsonObject),
        PortForwardings = [.. json.Each("port_forwardings").Select(NeutronPortForwarding.Read).OfType<NeutronPortForwarding>()],
        Host = json.Text("host"),
        DestHost = json.Text("dest_host"),
        DvrSnatBound = json.Flag("dvr_snat_bound"),
    };
}

/// <summary>The port behind a floating IP (neutron/services/l3_router/l3_router_plugin.py: the extension fip-port-details).</summary>
/// <param name="DeviceOwner"><c>compute:…</c> for a server's.</param>
public sealed record FloatingIpPort(string? Name, string? NetworkId, string? MacAddress, bool? AdminStateUp, string? Status, string? DeviceId, string? DeviceOwner)
{
    internal static FloatingIpPort? Read(JsonObject? of) => of is null ? null : new(
        of.Text("name"), of.Text("network_id"), of.Text("mac_address"), of.Flag("admin_state_up"), of.Text("status"), of.Text("device_id"), of.Text("device_owner"));
}
