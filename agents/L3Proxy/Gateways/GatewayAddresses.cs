using Cascade.Agent;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.L3Proxy.Gateways;

/// <summary>
/// Under which of the parent's addresses a router gets out here. One that is not distributed, or whose part with SNAT is here, has its own; a distributed one elsewhere has
/// one that the parent sets aside for it on this host, so that no two clouds, and no two routers of this one, hold the same.
/// </summary>
internal sealed class GatewayAddresses(GatewayReservations reservations, AgentOptions agent)
{
    /// <summary>The reservations of those routers that may need one, as they are now.</summary>
    public Task<ILookup<string, RouterPort>> ReadAsync(IEnumerable<NeutronRouter> routers, CancellationToken cancelled) =>
        reservations.ReadAsync([.. routers.Where(router => NetworkElsewhere(router) is not null).Select(router => router.Id)], cancelled);

    /// <summary>What is to be set aside for it before it can get out here; null for nothing.</summary>
    public ReservationDue? Due(NeutronRouter router, ILookup<string, RouterPort> reserved) =>
        NetworkElsewhere(router) is { } network && SubnetsOf(router) is { Count: > 0 } subnets && Reserved(router, network, reserved) is null && reservations.Refused(router.Id, network) is null
            ? new(network, subnets)
            : null;

    /// <summary>The parent's port whose addresses count here; null for none.</summary>
    public RouterPort? Of(NeutronRouter router, ILookup<string, RouterPort> reserved) =>
        NetworkElsewhere(router) is not { } network ? (IsHere(router) ? router.GatewayPort : null)
        // Where nothing can be set aside, the one address that native hosts have: the first router that needs it has it.
        : Reserved(router, network, reserved) ?? router.FloatingIpAgentInterfaces.FirstOrDefault(port => port.NetworkId == network);

    /// <summary>Why there is none although it shall have one; null when that is as it shall be.</summary>
    public string? Lacks(NeutronRouter router) => NetworkElsewhere(router) is { } network ? reservations.Refused(router.Id, network) : null;

    /// <summary>Whether this host answers for it: of a distributed router each one for the ports that are on it, and the part with SNAT for those that are nowhere.</summary>
    public bool Serves(NeutronRouter router, NeutronFloatingIp ip) => router.Distributed is not true
        || ip.Host == agent.Host || ip.DestHost == agent.Host
        || ((ip.DvrSnatBound is true || string.IsNullOrEmpty(ip.Host)) && router.GatewayPortHost == agent.Host);

    /// <summary>Ports are forwarded where the part with SNAT is (neutron/agent/l3/extensions/port_forwarding.py: PortForwardingAgentExtension._check_if_need_process).</summary>
    public bool Forwards(NeutronRouter router) => IsHere(router);

    bool IsHere(NeutronRouter router) => router.Distributed is not true || router.GatewayPortHost == agent.Host;

    string? NetworkElsewhere(NeutronRouter router) => IsHere(router) ? null : router.Gateway?.NetworkId;

    /// <summary>One whose subnets are others by now, or gone, is none.</summary>
    static RouterPort? Reserved(NeutronRouter router, string network, ILookup<string, RouterPort> reserved)
    {
        var subnets = SubnetsOf(router);
        return reserved[router.Id].FirstOrDefault(port => port.NetworkId == network && port.FixedIps.Count > 0 && (subnets.Count == 0 || port.FixedIps.All(ip => ip.SubnetId is { } subnet && subnets.Contains(subnet))));
    }

    static List<string> SubnetsOf(NeutronRouter router) => [.. (router.GatewayPort?.FixedIps ?? []).Select(ip => ip.SubnetId).OfType<string>().Distinct(StringComparer.Ordinal)];
}
