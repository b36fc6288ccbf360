using Cascade.Agent;
using Cascade.L2Proxy.Parent;
using Cascade.NeutronAgent.Notices;
using Cascade.NeutronAgent.Server;

namespace Cascade.L2Proxy.Hosts;

/// <summary>
/// The neutron-openvswitch-agent that we are, in the order of a native one (neutron/plugins/ml2/drivers/openvswitch/agent/ovs_neutron_agent.py): queues,
/// a living server, the host's MAC for distributed routers, the first report, tunnels, and then the comparison of everything.
/// </summary>
internal sealed class OvsAgent(AgentOptions agent, ServerReadiness server, StateReports reports, DvrMac mac, TunnelEndpoints tunnels, ChildHealth child, NoticeServer notices) : IStandIn
{
    public string Name => $"neutron-openvswitch-agent {agent.Host}";

    public string Lease => $"l2-proxy.{agent.Host}";

    /// <summary>Casts are not sent twice: what is told while we start must not be missed.</summary>
    public bool HearsFirst => true;

    public async Task<string> FindParentAsync(CancellationToken cancelled)
    {
        await server.WaitAsync(cancelled);
        await mac.TakeAsync(cancelled);
        return "neutron-server answers";
    }

    /// <returns>False while the child is away: an agent that reports is one that the parent binds ports to (D5).</returns>
    public async Task<bool> RegisterAsync(CancellationToken cancelled)
    {
        if (!await child.CheckAsync(cancelled))
        {
            return false;
        }

        reports.Begin();
        if (!await reports.SendAsync(cancelled))
        {
            return false;
        }

        await tunnels.SyncAsync(cancelled);
        return true;
    }

    public ActiveServer CreateServer(bool parked) => notices.Create();
}
