using Cascade.Agent;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Parent;

namespace Cascade.L3Proxy.Gateways;

/// <summary>
/// Under which of the parent's addresses a router gets out here. One that is not distributed, or whose part with SNAT is here, has its own; of a distributed one
/// elsewhere this host has an address that the parent keeps for it (neutron/db/l3_dvr_db.py: create_fip_agent_gw_port_if_not_exists), so that no two clouds hold one.
/// </summary>
internal sealed class GatewayAddresses(ParentRouters parent, AgentOptions agent)
{
    /// <returns>The parent's port whose addresses count here; null for none.</returns>
    public async Task<RouterPort?> OfAsync(NeutronRouter router, CancellationToken cancelled) =>
        router.Distributed is not true || router.GatewayPortHost == agent.Host ? router.GatewayPort
        : router.Gateway?.NetworkId is not { } network ? null
        : router.FloatingIpAgentInterfaces.FirstOrDefault(port => port.NetworkId == network) ?? await parent.AgentGatewayAsync(network, cancelled);

    /// <summary>Whether this host answers for it: of a distributed router each one for the ports that are on it, and the part with SNAT for those that are nowhere.</summary>
    public bool Serves(NeutronRouter router, NeutronFloatingIp ip) => router.Distributed is not true
        || ip.Host == agent.Host || ip.DestHost == agent.Host
        || ((ip.DvrSnatBound is true || string.IsNullOrEmpty(ip.Host)) && router.GatewayPortHost == agent.Host);
}
