using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Reports;

/// <summary>
/// The state that a neutron-l3-agent reports, member by member that of Zed to 2026.1 (neutron/agent/l3/agent.py: L3NATAgentWithStateReport). It never tells a
/// <c>tunneling_ip</c>, which l2population would take for the end point of this host, and no <c>resource_versions</c>.
/// </summary>
public sealed record L3AgentState
{
    public required string Host { get; init; }

    /// <summary>What <c>availability_zone_hints</c> of routers choose by, with the scheduler for zones.</summary>
    public string AvailabilityZone { get; init; } = "nova";

    /// <summary><c>legacy</c>, <c>dvr</c>, <c>dvr_snat</c> or <c>dvr_no_external</c>: which routers are scheduled here, and what sync_routers answers.</summary>
    public string AgentMode { get; init; } = "legacy";

    /// <summary>False: only routers with a gateway are scheduled here.</summary>
    public bool HandleInternalOnlyRouters { get; init; } = true;

    public string InterfaceDriver { get; init; } = "openvswitch";

    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>How many routers we serve.</summary>
    public int Routers { get; init; }

    /// <summary>How many of them have a gateway.</summary>
    public int ExternalGatewayPorts { get; init; }

    public int Interfaces { get; init; }

    public int FloatingIps { get; init; }

    /// <summary>What we tell of ourselves besides, as <c>configurations.cascade</c>; null for nothing.</summary>
    public JsonObject? Cascade { get; init; }

    /// <param name="uuid">New for every report.</param>
    /// <param name="start">True until the first report was taken: adds <c>start_flag</c>.</param>
    /// <exception cref="ArgumentException">It is too long for the server's database.</exception>
    public JsonObject Build(string uuid, bool start)
    {
        var state = new JsonObject
        {
            ["binary"] = "neutron-l3-agent",
            ["host"] = Host,
            ["availability_zone"] = AvailabilityZone,
            ["topic"] = NeutronTopics.L3Agent,
            ["agent_type"] = "L3 agent",
            ["configurations"] = PythonJson.Within("configurations", Configurations(), OvsAgentState.ConfigurationsLimit),
            ["uuid"] = uuid,
        };
        if (start)
        {
            state["start_flag"] = true;
        }

        return state;
    }

    JsonObject Configurations()
    {
        var configurations = new JsonObject
        {
            ["agent_mode"] = AgentMode,
            ["handle_internal_only_routers"] = HandleInternalOnlyRouters,
            ["interface_driver"] = InterfaceDriver,
            ["log_agent_heartbeats"] = false,
            ["extensions"] = Filters.List(Extensions),
            ["routers"] = Routers,
            ["ex_gw_ports"] = ExternalGatewayPorts,
            ["interfaces"] = Interfaces,
            ["floating_ips"] = FloatingIps,
        };
        if (Cascade is not null)
        {
            configurations["cascade"] = Cascade.DeepClone();
        }

        return configurations;
    }
}
