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

    /// <summary>A router's: another agent's to realise.</summary>
    Routing,
}
