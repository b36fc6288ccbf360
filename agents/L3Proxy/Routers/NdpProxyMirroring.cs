using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Routers;

/// <summary>
/// The IPv6 addresses inside for which a router answers outside. The router is ours, so that all it has are ours. Each holds the gateway and the port inside that leads to
/// it: what shall not be goes before these are changed, what is missing comes after.
/// </summary>
internal sealed class NdpProxyMirroring(ChildCloud child, RouterReader reader, ILogger<NdpProxyMirroring> log)
{
    NetworkClient Neutron => child.Cloud.Network;

    /// <param name="wanted">What shall stand there.</param>
    /// <param name="seen">The child's.</param>
    /// <param name="all">Those that shall be there too: something that they hold goes.</param>
    /// <param name="cancelled">Ends it.</param>
    /// <returns>Those that stay.</returns>
    public async Task<IReadOnlySet<WantedNdpProxy>> LoseAsync(WantedRouter wanted, Router seen, bool all, CancellationToken cancelled)
    {
        var stay = new HashSet<WantedNdpProxy>();
        if (seen.EnableNdpProxy is not true && wanted.EnableNdpProxy is not true)
        {
            return stay;
        }

        foreach (var proxy in await reader.NdpProxiesAsync(new HashSet<string>(StringComparer.Ordinal) { seen.Id }, cancelled))
        {
            var one = WantedNdpProxy.Of(proxy);
            if (all || !(wanted.EnableNdpProxy is null || wanted.NdpProxies.Contains(one)) || !stay.Add(one))
            {
                await Gone.IsFineAsync(() => Neutron.NdpProxies.DeleteAsync(Scope.Own, proxy.Id, cancelled));
                Log.NdpProxyRemoved(log, seen.Id, one.IpAddress);
            }
        }

        return stay;
    }

    /// <param name="wanted">What shall stand there.</param>
    /// <param name="now">The child's, after all else was done.</param>
    /// <param name="held">What is there.</param>
    /// <param name="refused">Where it is said what cannot be.</param>
    /// <param name="cancelled">Ends it.</param>
    public async Task MakeAsync(WantedRouter wanted, Router now, IReadOnlySet<WantedNdpProxy> held, Obstacles refused, CancellationToken cancelled)
    {
        if (wanted.EnableNdpProxy is not true)
        {
            return;
        }

        if (now.EnableNdpProxy is null || !await Neutron.Extensions.HasAsync(Scope.Own, Extension.NdpProxy, cancelled))
        {
            refused.Add($"the child has no NDP proxies ({Extension.NdpProxy}), as router {wanted.ParentId} has (enable_ndp_proxy)", isFinal: true, null);
            return;
        }

        // One that could not be turned on has said why.
        foreach (var missing in wanted.NdpProxies.Where(one => now.EnableNdpProxy is true && !held.Contains(one)))
        {
            try
            {
                await Neutron.NdpProxies.CreateAsync(Scope.Own, new() { RouterId = now.Id, PortId = missing.PortId, IpAddress = missing.IpAddress }, cancelled);
                Log.NdpProxyMade(log, now.Id, missing.IpAddress, missing.PortId);
            }
            catch (CloudFault fault) when (Faults.IsFinal(fault) || fault.Kind is FaultKind.Conflict or FaultKind.NotFound)
            {
                // Address scopes are an operator's of the child to change.
                refused.Add(
                    $"the child's router does not answer for {missing.IpAddress} of port {missing.PortId}: {Faults.Text(fault)}", Faults.IsFinal(fault) || fault.Code is NetworkError.AddressScopeConflict, null);
            }
        }
    }
}
