using Cascade.Agent;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Parent;

namespace Cascade.L3Proxy.Gateways;

/// <summary>
/// Under which of the parent's addresses a router gets out here. One that is not distributed, or whose part with SNAT is here, has its own; a distributed one elsewhere has
/// one that the parent sets aside for it on this host, so that no two clouds, and no two routers of this one, hold the same.
/// </summary>
internal sealed class GatewayAddresses(ParentRouters parent, GatewayReservations reservations, AgentOptions agent)
{
    /// <summary>The reservations of those routers that may need one, as they are now.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<RouterPort>>> ReadAsync(IEnumerable<NeutronRouter> routers, CancellationToken cancelled) =>
        reservations.ReadAsync([.. routers.Where(router => NetworkElsewhere(router) is not null).Select(router => router.Id)], cancelled);

    /// <param name="router">The parent's.</param>
    /// <param name="reserved">See <see cref="ReadAsync"/>.</param>
    /// <param name="cancelled">Ends it.</param>
    /// <returns>The parent's port whose addresses count here; null for none.</returns>
    public async Task<RouterPort?> OfAsync(NeutronRouter router, IReadOnlyDictionary<string, IReadOnlyList<RouterPort>> reserved, CancellationToken cancelled) =>
        NetworkElsewhere(router) is not { } network ? (IsHere(router) ? router.GatewayPort : null)
        : GatewayReservations.On(reserved.GetValueOrDefault(router.Id, []), network)
        ?? await reservations.ReserveAsync(router.Id, network, (router.GatewayPort?.FixedIps ?? []).Select(ip => ip.SubnetId).OfType<string>(), cancelled)
        // The one address of native hosts, which the first router that needs it has.
        ?? router.FloatingIpAgentInterfaces.FirstOrDefault(port => port.NetworkId == network)
        ?? await parent.AgentGatewayAsync(network, cancelled);

    /// <summary>Whether this host answers for it: of a distributed router each one for the ports that are on it, and the part with SNAT for those that are nowhere.</summary>
    public bool Serves(NeutronRouter router, NeutronFloatingIp ip) => router.Distributed is not true
        || ip.Host == agent.Host || ip.DestHost == agent.Host
        || ((ip.DvrSnatBound is true || string.IsNullOrEmpty(ip.Host)) && router.GatewayPortHost == agent.Host);

    bool IsHere(NeutronRouter router) => router.Distributed is not true || router.GatewayPortHost == agent.Host;

    string? NetworkElsewhere(NeutronRouter router) => IsHere(router) ? null : router.Gateway?.NetworkId;
}
