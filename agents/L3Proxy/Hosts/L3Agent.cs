using Cascade.Agent;
using Cascade.Contracts.Neutron.L3;
using Cascade.NeutronAgent.Notices;
using Cascade.NeutronAgent.Server;

namespace Cascade.L3Proxy.Hosts;

/// <summary>
/// The neutron-l3-agent that we are, in the order of a native one (neutron/agent/l3/agent.py: L3NATAgent.__init__, L3NATAgentWithStateReport): queues, a living
/// server, the first report, and then the comparison of everything. It asks how many highly available routers it has, as a native one does before it serves any.
/// </summary>
internal sealed class L3Agent(AgentOptions agent, ServerReadiness readiness, INeutronServer server, StateReports reports, ChildHealth child, NoticeServer notices) : IStandIn
{
    public string Name => $"neutron-l3-agent {agent.Host}";

    public string Lease => $"l3-proxy.{agent.Host}";

    /// <summary>Casts are not sent twice: what is told while we start must not be missed.</summary>
    public bool HearsFirst => true;

    public async Task<string> FindParentAsync(CancellationToken cancelled)
    {
        await readiness.WaitAsync(cancelled);
        var plugins = await server.AskAsync(new GetServicePluginList(), cancelled);
        return plugins.Contains("L3_ROUTER_NAT", StringComparer.Ordinal)
            ? "neutron-server answers"
            : throw new AgentException($"the parent's neutron-server has no routers (service plugins: {string.Join(", ", plugins)}): load the plugin router there, or do not run this agent");
    }

    /// <returns>False while the child is away: an agent that reports is one that the parent schedules routers to (D5).</returns>
    public async Task<bool> RegisterAsync(CancellationToken cancelled)
    {
        if (!await child.CheckAsync(cancelled))
        {
            return false;
        }

        await server.AskAsync(new GetHostHaRouterCount(agent.Host), cancelled);
        reports.Begin();
        return await reports.SendAsync(cancelled);
    }

    public ActiveServer CreateServer(bool parked) => notices.Create();
}
