using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Floating IPs; a cloud without <see cref="Extension.Router"/> answers 404 to everything here (neutron/db/l3_db.py). Refusals:
/// <see cref="NetworkError.ExternalGatewayForFloatingIpNotFound"/> (404: no router with a gateway there reaches the port),
/// <see cref="NetworkError.FloatingIpPortAlreadyAssociated"/>, <see cref="NetworkError.IpAddressAlreadyAllocated"/> (the address asked for is taken),
/// <see cref="NetworkError.IpAddressGenerationFailure"/> (none is left), <see cref="NetworkError.FloatingIpInUseByPortForwarding"/> (409); an address outside the
/// subnets (<see cref="NetworkError.InvalidIpForNetwork"/>), a port without an IPv4 address or with several
/// (<see cref="NetworkError.BadRequest"/>) are 400. Quota is <see cref="FaultKind.OverQuota"/>. A port that is deleted lets go of its own.
/// </summary>
public sealed class FloatingIps : ChangeableCollection<FloatingIp, FloatingIpCreate, FloatingIpUpdate, FloatingIpFilter>
{
    internal FloatingIps(ServiceClient client, Extensions extensions)
        : base(
            client,
            extensions,
            new("/floatingips", "floatingip", "floatingips", NetworkJson.Default.FloatingIp),
            NetworkJson.Default.FloatingIpCreate,
            NetworkJson.Default.FloatingIpUpdate)
    {
    }
}
