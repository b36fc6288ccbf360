using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Routers; a cloud without <see cref="Extension.Router"/> answers 404 to everything here (neutron/db/l3_db.py). Refusals of a create or an
/// update: a network that is not external, an address that is a subnet's gateway, subnets that overlap (400 <see cref="NetworkError.BadRequest"/>);
/// no such network (404 NetworkNotFound); an address that is taken (409 <see cref="NetworkError.IpAddressAlreadyAllocated"/>) or
/// outside (400 <see cref="NetworkError.InvalidIpForNetwork"/>, <see cref="NetworkError.InvalidIpForSubnet"/>);
/// <see cref="NetworkError.GatewayInUseByFloatingIp"/>; <see cref="NetworkError.InvalidRoutes"/> (400). A delete:
/// <see cref="NetworkError.RouterInUse"/> while it has interfaces; its gateway goes with it, unless floating IPs need it.
/// </summary>
public sealed class Routers : ChangeableCollection<Router, RouterCreate, RouterUpdate, RouterFilter>
{
    internal Routers(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/routers", "router", "routers", NetworkJson.Default.Router), NetworkJson.Default.RouterCreate, NetworkJson.Default.RouterUpdate)
    {
    }

    /// <summary>
    /// Gives the router a port that nobody uses: it becomes the router's in <c>device_id</c> and <c>device_owner</c>. Sent once: when it has been
    /// done already it is <see cref="NetworkError.PortInUse"/>, so look at the port's <c>device_id</c> after that and after
    /// <see cref="CloudFault.ResultUnknown"/>. 400 <see cref="NetworkError.BadRequest"/>: no address, several IPv4 ones, a subnet that
    /// overlaps one which the router has, a second IPv6 port on one network, an IPv6 subnet whose advertisements come from elsewhere.
    /// </summary>
    public Task<RouterInterface> AddInterfaceAsync(Scope scope, string id, string portId, CancellationToken cancelled) =>
        ChangeAsync(scope, id, "add_router_interface", portId, idempotent: false, cancelled);

    /// <summary>
    /// Takes a port from the router; the port is deleted. NotFound (<see cref="NetworkError.RouterInterfaceNotFound"/>) when the router has no such port; it
    /// is sent again when no answer came, so that may mean that the first one did it. Refused while needed:
    /// <see cref="NetworkError.RouterInterfaceInUseByFloatingIp"/>, <see cref="NetworkError.RouterInterfaceInUseByRoute"/>.
    /// </summary>
    public Task<RouterInterface> RemoveInterfaceAsync(Scope scope, string id, string portId, CancellationToken cancelled) =>
        ChangeAsync(scope, id, "remove_router_interface", portId, idempotent: true, cancelled);

    // The verbs answer the bare interface, not one inside of a member.
    private Task<RouterInterface> ChangeAsync(Scope scope, string id, string verb, string portId, bool idempotent, CancellationToken cancelled) =>
        Client.SendAsync(
            scope,
            ApiRequest.Put(PathOf(id, verb), new RouterPort(portId), NetworkJson.Default.RouterPort, idempotent),
            NetworkJson.Default.RouterInterface,
            cancelled);
}
