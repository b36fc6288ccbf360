using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Gateways;
using Cascade.OpenStack.Network;
using HostRoute = Cascade.OpenStack.Network.HostRoute;

namespace Cascade.L3Proxy.Routers;

/// <summary>A router while it is translated.</summary>
internal sealed class RouterDraft(string id)
{
    readonly List<Obstacle> obstacles = [];

    public WantedGateway? Gateway { get; set; }

    public bool GatewayUnknown { get; set; }

    public string? UnknownGatewayPort { get; set; }

    public ReservationDue? Reservation { get; set; }

    public bool? EnableNdpProxy { get; set; } = false;

    public List<WantedNdpProxy> NdpProxies { get; } = [];

    public List<WantedInterface> Interfaces { get; } = [];

    public HashSet<string> Awaited { get; } = new(StringComparer.Ordinal);

    public List<WantedFloatingIp> FloatingIps { get; } = [];

    public Dictionary<string, string?> Unserved { get; } = new(StringComparer.Ordinal);

    /// <summary>It leads to its port, or waits for it.</summary>
    public bool Leads(string floatingIp) => !Unserved.TryGetValue(floatingIp, out var fault) || fault is null;

    public void Refuse(string reason) => obstacles.Add(new(reason, IsFinal: true));

    public void Await(string reason) => obstacles.Add(new(reason, IsFinal: false));

    public WantedRouter Wanted(NeutronRouter router) => new(id)
    {
        Name = router.Name ?? "",
        AdminStateUp = router.AdminStateUp ?? true,
        Gateway = Gateway,
        GatewayUnknown = GatewayUnknown,
        UnknownGatewayPort = UnknownGatewayPort,
        Reservation = Reservation,
        Interfaces = Interfaces,
        Awaited = Awaited,
        Routes = [.. router.Routes.Where(route => route is { Destination: not null, Nexthop: not null }).Select(route => new HostRoute(route.Destination!, route.Nexthop!))],
        FloatingIps = FloatingIps,
        Unserved = Unserved,
        ConntrackHelpers = [.. router.ConntrackHelpers.Select(helper => new ConntrackRule(helper.Protocol, helper.Port, helper.Helper))],
        EnableNdpProxy = EnableNdpProxy,
        NdpProxies = NdpProxies,
        Obstacles = obstacles,
    };
}
