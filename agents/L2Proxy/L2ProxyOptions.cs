using Cascade.Agent;
using Cascade.OpenStack;
using Cascade.Oslo.Config;

namespace Cascade.L2Proxy;

/// <summary>What an operator says to this agent, beside [DEFAULT] and [oslo_messaging_rabbit]. The sample file shows it all.</summary>
/// <param name="Child">[child]: the cloud that this host stands for.</param>
/// <param name="ReportInterval">[agent] report_interval, neutron's: between two reports of state (30 s; the parent's agent_down_time is 75 s).</param>
/// <param name="TunnelTypes">[agent] tunnel_types: what binds here without a physical network (vxlan).</param>
/// <param name="L2Population">[agent] l2_population: as the parent's other agents have it.</param>
/// <param name="IntegrationBridge">[ovs] integration_bridge: shown in the parent, plugs nothing.</param>
/// <param name="LocalIp">[ovs] local_ip: our tunnel end point in the parent; null without one.</param>
/// <param name="PhysicalNetworks">[cascade] physical_networks: the parent's name to the child's.</param>
/// <param name="WatchInterval">Between two looks at what changed in the child (10 s).</param>
/// <param name="AuditInterval">Between two full comparisons (600 s).</param>
/// <param name="ReaperGrace">How long something of ours in the child that the parent does not know is left alone (1800 s).</param>
/// <param name="HintBuffer">Hints that may wait; one more makes it a full comparison.</param>
public sealed record L2ProxyOptions(
    CloudOptions Child,
    TimeSpan ReportInterval,
    IReadOnlyList<string> TunnelTypes,
    bool L2Population,
    string IntegrationBridge,
    string? LocalIp,
    IReadOnlyDictionary<string, string> PhysicalNetworks,
    TimeSpan WatchInterval,
    TimeSpan AuditInterval,
    TimeSpan ReaperGrace,
    int HintBuffer)
{
    /// <summary>[cascade] vnic_types: the parent's binding:vnic_type to the child's; what is not named is refused.</summary>
    public IReadOnlyDictionary<string, string> VnicTypes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["normal"] = "normal" };

    /// <summary>[cascade] dhcp_agents_per_network: the child's, so many addresses of each subnet are reserved for its DHCP (1).</summary>
    public int DhcpAgentsPerNetwork { get; init; } = 1;

    public static L2ProxyOptions Read(OptionReader reader)
    {
        var agent = reader.Group("agent", "Options of a neutron-openvswitch-agent, with its names and defaults.");
        var ovs = reader.Group("ovs", "What the parent is told of bridges and tunnels.");
        var own = reader.Group("cascade", "Options of this agent.", own: true);
        return new(
            CloudSection.Read(reader, "child", "The child cloud that this host stands for.", "network"),
            agent.Seconds(
                "report_interval", 30, "Seconds between two reports of state; at most half of the parent's agent_down_time.", new() { Min = 1, Mutable = true }),
            TunnelKinds.Read(agent),
            agent.Bool("l2_population", true, "Reported as the parent's other agents have it."),
            ovs.Text("integration_bridge", "br-int", "Shown in the port's binding; nothing is plugged there.")!,
            Address.Read(ovs, "local_ip", "Tunnel end point of this host in the parent's networks. Without it the other hosts are told of none."),
            PhysicalNetworkMap.Read(own),
            own.Seconds("watch_interval", 10, "Seconds between two looks at what changed in the child.", new() { Min = 1 }),
            own.Seconds("audit_interval", 600, "Seconds between two full comparisons of parent and child, which also find what no message told.", new() { Min = 1 }),
            own.Seconds("reaper_grace", 1800, "Seconds that something of ours in the child which the parent does not know is left alone before it is deleted.", new() { Min = 1 }),
            own.Int("hint_buffer", 10_000, "Notices of changes that may wait; one more, and everything is compared instead.", new() { Min = 100 }))
        {
            VnicTypes = VnicTypeMap.Read(own),
            DhcpAgentsPerNetwork = own.Int(
                "dhcp_agents_per_network", 1, "The child's option of that name: so many addresses of each subnet are reserved in the parent for the child's DHCP.", new() { Min = 1, Max = 8 }),
        };
    }
}
