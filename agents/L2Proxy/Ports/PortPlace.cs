using Cascade.Contracts.Neutron.Objects;

namespace Cascade.L2Proxy.Ports;

/// <summary>Whose a port of the parent is, by where it is bound and what it is of.</summary>
internal static class PortPlaces
{
    /// <summary>
    /// The ACTIVE row of the bindings decides; an INACTIVE one of ours is the other end of a live migration that has not come to us yet, or that has left
    /// (neutron/plugins/ml2/plugin.py: activate_port_binding).
    /// </summary>
    public static PortPlace Of(NeutronPort? port, string host)
    {
        if (port is null)
        {
            return PortPlace.Gone;
        }

        if (port.ActiveBinding is not { } binding || binding.Host != host || binding.VifType is "unbound" or "binding_failed")
        {
            return PortPlace.Elsewhere;
        }

        return port.DeviceOwner switch
        {
            "network:dhcp" => PortPlace.Reservation,
            { } owner when owner.StartsWith("network:", StringComparison.Ordinal) => PortPlace.Routing,
            _ => PortPlace.Here,
        };
    }

    /// <summary>
    /// Whether it is a router's port that needs its network in the child, if that is not an external one: the other agent of this host makes the child's router
    /// and its ports, on a network that is ours.
    /// </summary>
    /// <remarks>
    /// Not among them: gateways, which are on external networks; the ports by which hosts agree who is the master of a router (router_ha_interface), which the
    /// child's routers have by themselves; and distributed interfaces (router_interface_distributed), which are on every host that has a server behind them and
    /// have no binding that says which: their networks are kept by the ports of those servers.
    /// </remarks>
    public static bool NeedsNetwork(NeutronPort port, string host) =>
        Of(port, host) is PortPlace.Routing && port.DeviceOwner is "network:router_interface" or "network:router_centralized_snat" or "network:ha_router_replicated_interface";
}

internal enum PortPlace
{
    /// <summary>The parent has no such port.</summary>
    Gone,

    /// <summary>Bound to another host, or to none.</summary>
    Elsewhere,

    /// <summary>Ours to mirror.</summary>
    Here,

    /// <summary>An address that the parent set aside for the child's DHCP.</summary>
    Reservation,

    /// <summary>A router's: another agent's to realise, on a network that is ours.</summary>
    Routing,
}
