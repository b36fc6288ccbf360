using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron.Reports;

/// <summary>
/// The state that a neutron-openvswitch-agent reports, member by member that of Zed to 2026.1 (ovs_neutron_agent.py: OVSNeutronAgent.__init__).
/// Everything that the server makes of it (which networks bind, vif_details, l2population) it reads from <c>configurations</c>.
/// </summary>
public sealed record OvsAgentState
{
    /// <summary>neutron/db/models/agent.py: Agent.configurations, VARCHAR(4095). A longer one fails every report.</summary>
    public const int ConfigurationsLimit = 4095;

    /// <summary>neutron/db/models/agent.py: Agent.resource_versions, VARCHAR(8191).</summary>
    public const int ResourceVersionsLimit = 8191;

    public required string Host { get; init; }

    /// <summary>Physical network to bridge: a flat or VLAN network binds here only when its physical network is a key.</summary>
    public IReadOnlyDictionary<string, string> BridgeMappings { get; init; } = new Dictionary<string, string>();

    /// <summary>Tunnelled types that bind here.</summary>
    public IReadOnlyList<string> TunnelTypes { get; init; } = ["vxlan"];

    /// <summary>Our end point, told to all other agents; without it there is no l2population. No other agent of this host may report one.</summary>
    public string? TunnelingIp { get; init; }

    public bool L2Population { get; init; } = true;

    public IReadOnlyList<string> Extensions { get; init; } = ["qos"];

    public string IntegrationBridge { get; init; } = "br-int";

    /// <summary>How many ports we serve.</summary>
    public int Devices { get; init; }

    /// <summary>What we tell of ourselves besides, as <c>configurations.cascade</c>; null for nothing.</summary>
    public JsonObject? Cascade { get; init; }

    /// <param name="uuid">New for every report.</param>
    /// <param name="start">True until the first resync is done: adds <c>start_flag</c> and <c>resource_versions</c>.</param>
    /// <exception cref="ArgumentException">It is too long for the server's database.</exception>
    public JsonObject Build(string uuid, bool start)
    {
        var state = new JsonObject
        {
            ["binary"] = "neutron-openvswitch-agent",
            ["host"] = Host,
            ["topic"] = "N/A",
            ["agent_type"] = "Open vSwitch agent",
            ["configurations"] = PythonJson.Within("configurations", Configurations(), ConfigurationsLimit),
            ["uuid"] = uuid,
        };
        if (start)
        {
            state["start_flag"] = true;
            state["resource_versions"] = PythonJson.Within("resource_versions", NeutronObjects.ResourceVersions(), ResourceVersionsLimit);
        }

        return state;
    }

    JsonObject Configurations()
    {
        var configurations = new JsonObject
        {
            ["bridge_mappings"] = Map(BridgeMappings),
            ["resource_provider_bandwidths"] = new JsonObject(),
            ["resource_provider_inventory_defaults"] = InventoryDefaults(),
            ["resource_provider_packet_processing_without_direction"] = new JsonObject(),
            ["resource_provider_packet_processing_with_direction"] = new JsonObject(),
            ["resource_provider_packet_processing_inventory_defaults"] = InventoryDefaults(),
            ["resource_provider_hypervisors"] = Hypervisors(),
            ["integration_bridge"] = IntegrationBridge,
            ["tunnel_types"] = Filters.List(TunnelTypes),
            ["tunneling_ip"] = TunnelingIp,
            ["l2_population"] = L2Population,
            ["arp_responder_enabled"] = L2Population,
            ["enable_distributed_routing"] = true,
            ["log_agent_heartbeats"] = false,
            ["extensions"] = Filters.List(Extensions),
            ["datapath_type"] = "system",
            ["ovs_capabilities"] = new JsonObject
            {
                // No dpdkvhostuser here: with netdev it would make the vif_type vhostuser (mech_openvswitch.py: get_vif_type).
                ["datapath_types"] = Filters.List(["netdev", "system"]),
                ["iface_types"] = Filters.List(["geneve", "gre", "internal", "patch", "vxlan"]),
            },
            ["vhostuser_socket_dir"] = "/var/run/openvswitch",
            ["ovs_hybrid_plug"] = false,
            ["baremetal_smartnic"] = false,
            ["devices"] = Devices,
            ["in_distributed_mode"] = true,
        };
        if (Cascade is not null)
        {
            configurations["cascade"] = Cascade.DeepClone();
        }

        return configurations;
    }

    // ovs_neutron_agent.py: one entry for each bridge, and one for all tunnels (neutron_lib/placement/constants.py: RP_TUNNELLED).
    JsonObject Hypervisors()
    {
        var hypervisors = Map(BridgeMappings.Values.Distinct(StringComparer.Ordinal).ToDictionary(bridge => bridge, _ => Host));
        hypervisors["rp_tunnelled"] = Host;
        return hypervisors;
    }

    static JsonObject InventoryDefaults() => new() { ["allocation_ratio"] = 1.0m, ["min_unit"] = 1, ["step_size"] = 1, ["reserved"] = 0 };

    static JsonObject Map(IEnumerable<KeyValuePair<string, string>> of) => new(of.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
