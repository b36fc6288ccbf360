using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Neutron.Reports;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent;
using Cascade.NeutronAgent.Server;

namespace Cascade.L3Proxy.Parent;

/// <summary>What the parent is told of this agent: how it may be scheduled to, and how much it has (neutron/agent/l3/agent.py: L3NATAgentWithStateReport).</summary>
internal sealed class L3State(AgentOptions agent, NeutronAgentOptions options, L3ProxyOptions l3, AgentIdentity identity, RouterBook book) : IAgentState
{
    public bool StartsUntilSynced => false;

    public JsonObject Build(bool start, bool versions)
    {
        var routers = book.All;
        return new L3AgentState
        {
            Host = agent.Host,
            AvailabilityZone = l3.AvailabilityZone,
            AgentMode = l3.AgentMode,
            HandleInternalOnlyRouters = l3.HandleInternalOnlyRouters,
            Extensions = ["port_forwarding", "fip_qos", "gateway_ip_qos", "conntrack_helper", "ndp_proxy"],
            Routers = routers.Count,
            ExternalGatewayPorts = routers.Count(router => router.HasGateway),
            Interfaces = routers.Sum(router => router.Interfaces),
            FloatingIps = routers.Sum(router => router.FloatingIps.Count),
            Cascade = new() { ["agent"] = identity.Name, ["version"] = identity.Version, ["child"] = options.Child.Name },
        }.Build(Guid.NewGuid().ToString("D"), start);
    }
}
