using Cascade.Oslo.Config;

namespace Cascade.L2Proxy;

/// <summary>What an operator says to this agent, beside [DEFAULT] and [oslo_messaging_rabbit]. The sample file shows it all.</summary>
/// <param name="TunnelTypes">[agent] tunnel_types: what binds here without a physical network (vxlan).</param>
/// <param name="L2Population">[agent] l2_population: as the parent's other agents have it.</param>
/// <param name="IntegrationBridge">[ovs] integration_bridge: shown in the parent, plugs nothing.</param>
/// <param name="LocalIp">[ovs] local_ip: our tunnel end point in the parent; null without one.</param>
/// <param name="PhysicalNetworks">[cascade] physical_networks: the parent's name to the child's.</param>
public sealed record L2ProxyOptions(
    IReadOnlyList<string> TunnelTypes,
    bool L2Population,
    string IntegrationBridge,
    string? LocalIp,
    IReadOnlyDictionary<string, string> PhysicalNetworks)
{
    /// <summary>[cascade] vnic_types: the parent's binding:vnic_type to the child's; what is not named is refused.</summary>
    public IReadOnlyDictionary<string, string> VnicTypes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["normal"] = "normal" };

    /// <summary>[cascade] dhcp_agents_per_network: the child's, so many addresses of each subnet are reserved for its DHCP (1).</summary>
    public int DhcpAgentsPerNetwork { get; init; } = 1;

    public static L2ProxyOptions Read(OptionReader reader)
    {
        var agent = reader.Group("agent");
        var ovs = reader.Group("ovs", "What the parent is told of bridges and tunnels.");
        var own = reader.Group("cascade");
        return new(
            TunnelKinds.Read(agent),
            agent.Bool("l2_population", true, "Reported as the parent's other agents have it."),
            ovs.Text("integration_bridge", "br-int", "Shown in the port's binding; nothing is plugged there.")!,
            Address.Read(ovs, "local_ip", "Tunnel end point of this host in the parent's networks. Without it the other hosts are told of none."),
            PhysicalNetworkMap.Read(own))
        {
            VnicTypes = VnicTypeMap.Read(own),
            DhcpAgentsPerNetwork = own.Int(
                "dhcp_agents_per_network", 1, "The child's option of that name: so many addresses of each subnet are reserved in the parent for the child's DHCP.", new() { Min = 1, Max = 8 }),
        };
    }
}
