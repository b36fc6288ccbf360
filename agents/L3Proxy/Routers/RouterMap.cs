using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.FloatingIps;
using Cascade.L3Proxy.Placeholders;
using Cascade.NeutronAgent.Looking;
using FixedIp = Cascade.OpenStack.Network.FixedIp;

namespace Cascade.L3Proxy.Routers;

/// <summary>
/// The parent's router in the child's words: the same MACs inside, the same addresses everywhere (<c>neutron-contract.md</c> §4.5). What cannot be translated becomes an
/// obstacle, and the rest of the router is made all the same. Whether the child makes it distributed or highly available is the child's own affair.
/// </summary>
internal sealed class RouterMap(ChildNetworks networks, ExternalNetworks external, PlaceholderMap placeholders, Gateways.GatewayAddresses gateways)
{
    public async Task<WantedRouter> WantedAsync(NeutronRouter router, RouterParts parts, CancellationToken cancelled)
    {
        var draft = new RouterDraft(router.Id);
        if (router.Ha is true)
        {
            draft.Refuse("it is highly available (ha): two clouds must not hold one address, create it with ha false (l3_ha = False is neutron's default)");
            foreach (var ip in router.FloatingIps.Concat(router.PortForwardingFloatingIps))
            {
                draft.Unserved[ip.Id] = "its router is highly available (ha)";
            }

            return draft.Wanted(router) with { AdminStateUp = false };
        }

        var (ports, forwardings, proxies) = (parts.Ports, parts.Forwardings, parts.NdpProxies);
        await GatewayAsync(router, parts.Reserved, draft, cancelled);
        foreach (var port in router.Interfaces)
        {
            await InterfaceAsync(port, draft, cancelled);
        }

        foreach (var ip in router.FloatingIps.Where(ip => gateways.Serves(router, ip)))
        {
            await FloatingIpAsync(ip, ip.PortId is { } port ? ports.Find(port) : null, draft, cancelled);
        }

        var forwarding = gateways.Forwards(router) ? router.PortForwardingFloatingIps : [];
        foreach (var ip in forwarding)
        {
            await ForwardedAsync(ip, [.. forwardings[ip.Id]], ports, draft, cancelled);
        }

        NdpProxies(router, proxies[router.Id], ports, draft);
        var led = router.FloatingIps.Where(ip => gateways.Serves(router, ip) && draft.Leads(ip.Id)).Select(ip => ip.PortId)
            .Concat(forwarding.SelectMany(ip => forwardings[ip.Id]).Select(one => one.InternalPortId))
            .Concat(draft.EnableNdpProxy is true ? proxies[router.Id].Select(proxy => proxy.PortId) : []);
        return draft.Wanted(router) with { Placeholders = await placeholders.WantedAsync(led, ports, cancelled) };
    }

    async Task GatewayAsync(NeutronRouter router, ILookup<string, RouterPort> reserved, RouterDraft draft, CancellationToken cancelled)
    {
        if (router.Gateway is not { NetworkId: { } network } gateway)
        {
            return;
        }

        try
        {
            var mapped = external.Of(network);
            if (gateways.Due(router, reserved) is { } due)
            {
                draft.Reservation = due;
                draft.GatewayUnknown = true;
                draft.Await($"an address for router {router.Id} on network {network}, whose part with SNAT is elsewhere, is still to be set aside");
                return;
            }

            if (gateways.Of(router, reserved) is not { } here)
            {
                if (gateways.Lacks(router) is { } reason)
                {
                    throw new RefusedException(reason);
                }

                return;
            }

            var addresses = new List<FixedIp>();
            foreach (var ip in here.FixedIps)
            {
                addresses.Add(await external.AddressAsync(mapped, ip.IpAddress, cancelled));
            }

            draft.Gateway = new(here.Id, mapped, addresses, gateway.EnableSnat ?? true)
            {
                Agents = here.Id == router.GatewayPort?.Id ? null : here, QosPolicy = gateway.QosPolicyId ?? gateway.QosNetworkPolicyId,
            };
        }
        catch (RefusedException refused)
        {
            draft.GatewayUnknown = true;
            draft.UnknownGatewayPort = router.Distributed is true ? null : router.GatewayPort?.Id;
            draft.Refuse(refused.Message);
        }
    }

    async Task InterfaceAsync(RouterPort port, RouterDraft draft, CancellationToken cancelled)
    {
        var subnets = port.FixedIps.Select(ip => ip.SubnetId).OfType<string>().ToList();
        var network = port.NetworkId is null ? null : await networks.FindAsync(port.NetworkId, subnets, cancelled);
        if (network is null || port.MacAddress is null || !subnets.All(network.Subnets.ContainsKey))
        {
            draft.Awaited.Add(port.Id);
            draft.Await($"network {port.NetworkId} of interface {port.Id} is not in the child yet: L2-Proxy makes it");
            return;
        }

        draft.Interfaces.Add(new(port.Id, network.Id, port.MacAddress, [.. port.FixedIps.Select(ip => new FixedIp(network.Subnets[ip.SubnetId!], ip.IpAddress))]));
    }

    async Task FloatingIpAsync(NeutronFloatingIp ip, InnerPort? port, RouterDraft draft, CancellationToken cancelled)
    {
        if (await PlaceAsync(ip, draft, cancelled) is not { } network)
        {
            return;
        }

        if (port?.ChildId is { } child)
        {
            draft.FloatingIps.Add(new(ip.Id, network, ip.FloatingIpAddress!, child, ip.FixedIpAddress) { QosPolicy = PolicyOf(ip) });
        }
        else
        {
            Lacks(ip, port, draft);
        }
    }

    async Task ForwardedAsync(NeutronFloatingIp ip, IReadOnlyList<NeutronPortForwarding> forwardings, InnerPorts ports, RouterDraft draft, CancellationToken cancelled)
    {
        if (await PlaceAsync(ip, draft, cancelled) is not { } network)
        {
            return;
        }

        var wanted = new List<WantedForwarding>();
        foreach (var one in forwardings)
        {
            if (one.InternalPortId is { } inner && ports.Find(inner)?.ChildId is { } child)
            {
                wanted.Add(ForwardingMap.Wanted(one, child));
            }
            else if (one.InternalPortId is { } outer && ports.Find(outer)?.Elsewhere is { } elsewhere)
            {
                draft.Refuse($"floating IP {ip.Id} forwards to port {outer} on host {elsewhere}: this child cannot reach into another one");
            }
            else
            {
                draft.Await($"port {one.InternalPortId}, to which floating IP {ip.Id} forwards, is not in the child");
            }
        }

        draft.FloatingIps.Add(new(ip.Id, network, ip.FloatingIpAddress!, null, null) { Forwardings = wanted, QosPolicy = PolicyOf(ip) });
    }

    /// <summary>Without a gateway no router answers outside; behind one that cannot be translated what answers there goes on.</summary>
    static void NdpProxies(NeutronRouter router, IEnumerable<NeutronNdpProxy> proxies, InnerPorts ports, RouterDraft draft)
    {
        draft.EnableNdpProxy = router.EnableNdpProxy is not true ? false : draft.GatewayUnknown ? null : draft.Gateway is not null;
        if (draft.EnableNdpProxy is not true)
        {
            return;
        }

        foreach (var proxy in proxies.Where(proxy => proxy is { PortId: not null, IpAddress: not null }))
        {
            var port = ports.Find(proxy.PortId!);
            if (port?.ChildId is { } child)
            {
                draft.NdpProxies.Add(WantedNdpProxy.Of(child, proxy.IpAddress!));
            }
            else if (port?.Elsewhere is not { } elsewhere)
            {
                draft.Await($"port {proxy.PortId}, for whose address {proxy.IpAddress} the router answers (NDP proxy {proxy.Id}), is not in the child yet");
            }
            else if (router.Distributed is not true)
            {
                draft.Refuse($"NDP proxy {proxy.Id} leads to port {proxy.PortId} on host {elsewhere}: this child cannot reach into another one");
            }
        }
    }

    /// <returns>The child's external network; null when it can be on none.</returns>
    async Task<string?> PlaceAsync(NeutronFloatingIp ip, RouterDraft draft, CancellationToken cancelled)
    {
        try
        {
            var network = external.Of(ip.FloatingNetworkId);
            await external.AddressAsync(network, ip.FloatingIpAddress, cancelled);
            return network;
        }
        catch (RefusedException refused)
        {
            draft.Unserved[ip.Id] = refused.Message;
            draft.Refuse(refused.Message);
            return null;
        }
    }

    static string? PolicyOf(NeutronFloatingIp ip) => ip.QosPolicyId ?? ip.QosNetworkPolicyId;

    static void Lacks(NeutronFloatingIp ip, InnerPort? port, RouterDraft draft)
    {
        if (port?.Elsewhere is { } elsewhere)
        {
            draft.Unserved[ip.Id] = $"floating IP {ip.Id} leads to port {ip.PortId} on host {elsewhere}: this child cannot reach into another one";
            draft.Refuse(draft.Unserved[ip.Id]!);
            return;
        }

        draft.Unserved[ip.Id] = null;
        draft.Await($"port {ip.PortId}, to which floating IP {ip.Id} leads, is not in the child yet");
    }
}
