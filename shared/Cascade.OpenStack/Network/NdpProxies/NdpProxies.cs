using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// NDP proxies; only where <see cref="Extension.NdpProxy"/> is (neutron/services/ndp_proxy/plugin.py). Refusals: the router is not told to
/// (<see cref="NetworkError.RouterNdpProxyNotEnabled"/>), does not reach the port (<see cref="NetworkError.PortUnreachableRouter"/>), the two networks are of different
/// address scopes (<see cref="NetworkError.AddressScopeConflict"/>), all 409; an address that is not the port's is 400 (InvalidAddress). They go with their port.
/// </summary>
public sealed class NdpProxies : ChangeableCollection<NdpProxy, NdpProxyCreate, NdpProxyUpdate, NdpProxyFilter>
{
    internal NdpProxies(ServiceClient client, Extensions extensions)
        : base(
            client,
            extensions,
            new("/ndp_proxies", "ndp_proxy", "ndp_proxies", NetworkJson.Default.NdpProxy),
            NetworkJson.Default.NdpProxyCreate,
            NetworkJson.Default.NdpProxyUpdate)
    {
    }
}
