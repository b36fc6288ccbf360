using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Routers;

/// <summary>All of ours in the child.</summary>
/// <param name="LoosePorts">Made for interfaces, and no router has them.</param>
/// <param name="LooseFloatingIps">That lead nowhere.</param>
/// <param name="Placeholders">For ports that are, or were, bound nowhere.</param>
internal sealed record ChildSight(IReadOnlyList<RouterSight> Routers, IReadOnlyList<Port> LoosePorts, IReadOnlyList<FloatingIp> LooseFloatingIps, IReadOnlyList<Port> Placeholders);

/// <summary>What stands in the child for a router, as it was read.</summary>
/// <param name="Ports">All ports of the router there, its gateway and what the child has for its own sake too.</param>
/// <param name="FloatingIps">Those of ours that the router leads, or that carry the stamp of one of its own.</param>
internal sealed record RouterSight(Router Router, IReadOnlyList<Port> Ports, IReadOnlyList<FloatingIp> FloatingIps)
{
    static readonly string[] Inner = ["network:router_interface", "network:router_interface_distributed", "network:ha_router_replicated_interface"];

    /// <summary>Read for a comparison only, and there when the router answers for any.</summary>
    public IReadOnlyList<NdpProxy> NdpProxies { get; init; } = [];

    /// <summary>The ports inside, of any kind that the child has them of.</summary>
    public IEnumerable<Port> Interfaces => Ports.Where(IsInterface);

    public Port? GatewayPort => Ports.FirstOrDefault(port => port.DeviceOwner is "network:router_gateway");

    /// <summary>The owners of ports that routers have (neutron_lib/constants.py: ROUTER_INTERFACE_OWNERS), to ask for.</summary>
    public static IReadOnlyList<string> InterfaceOwners => Inner;

    public static bool IsInterface(Port port) => Inner.Contains(port.DeviceOwner, StringComparer.Ordinal);
}
