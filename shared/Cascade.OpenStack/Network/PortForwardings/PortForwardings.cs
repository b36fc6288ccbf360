using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Port forwardings of floating IPs; only where <see cref="Extension.PortForwarding"/> is (neutron/services/portforwarding/pf_plugin.py). Refusals:
/// a port of the floating IP that is in use, one that no router reaches, an address that is not the port's (400
/// <see cref="NetworkError.BadRequest"/>); a floating IP that leads to a port (409 <see cref="NetworkError.FloatingIpPortAlreadyAssociated"/>); a port that
/// has a floating IP (409 <see cref="NetworkError.PortHasBindingFloatingIp"/>). They go with the port they lead to.
/// </summary>
public sealed class PortForwardings : PartCollection<PortForwarding, PortForwardingRequest>
{
    internal PortForwardings(ServiceClient client)
        : base(
            client,
            "/floatingips",
            new("/port_forwardings", "port_forwarding", "port_forwardings", NetworkJson.Default.PortForwarding),
            NetworkJson.Default.PortForwardingRequest)
    {
    }
}
