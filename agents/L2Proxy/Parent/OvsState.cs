using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Neutron.Reports;
using Cascade.NeutronAgent;
using Cascade.NeutronAgent.Server;

namespace Cascade.L2Proxy.Parent;

/// <summary>What the parent is told of our bridges, tunnels and ports (ovs_neutron_agent.py: OVSNeutronAgent.__init__, _report_state).</summary>
internal sealed class OvsState(AgentOptions agent, NeutronAgentOptions options, Current<L2ProxyOptions> ovs, AgentIdentity identity, IEnumerable<IServedPorts> served) : IAgentState
{
    readonly IServedPorts? served = served.LastOrDefault();

    public bool StartsUntilSynced => true;

    public JsonObject Build(bool start, bool versions)
    {
        var now = ovs.Value;
        var state = new OvsAgentState
        {
            Host = agent.Host,
            BridgeMappings = now.PhysicalNetworks,
            TunnelTypes = now.TunnelTypes,
            TunnelingIp = now.LocalIp,
            L2Population = now.L2Population,
            IntegrationBridge = now.IntegrationBridge,
            Devices = served?.Count ?? 0,
            Cascade = new() { ["agent"] = identity.Name, ["version"] = identity.Version, ["child"] = options.Child.Name },
        }.Build(Guid.NewGuid().ToString("D"), start: true);
        if (!start)
        {
            state.Remove("start_flag");
        }

        if (!versions)
        {
            state.Remove("resource_versions");
        }

        return state;
    }
}
