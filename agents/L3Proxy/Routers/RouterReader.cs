using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.FloatingIps;
using Cascade.L3Proxy.Gateways;
using Cascade.L3Proxy.Interfaces;
using Cascade.L3Proxy.Parent;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Ports;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Routers;

/// <summary>Reads both sides of routers: what shall stand in the child, and what stands there.</summary>
internal sealed class RouterReader(ParentRouters parent, ChildCloud child, ChildNetworks networks, InnerPortReader inner, GatewayAddresses gateways, RouterMap map)
{
    const int Page = 1000;

    NetworkClient Neutron => child.Cloud.Network;

    /// <summary>What shall stand in the child for each of them, in their order.</summary>
    public async Task<IReadOnlyList<WantedRouter>> WantedAsync(IReadOnlyList<NeutronRouter> routers, CancellationToken cancelled)
    {
        var forwardings = await parent.ForwardingsAsync([.. routers.SelectMany(router => router.PortForwardingFloatingIps).Select(ip => ip.Id)], cancelled);
        var proxies = await parent.NdpProxiesAsync([.. routers.Where(router => router.EnableNdpProxy is true).Select(router => router.Id)], cancelled);
        var others = forwardings.SelectMany(some => some).Select(one => one.InternalPortId).Concat(proxies.SelectMany(some => some).Select(one => one.PortId)).OfType<string>();
        var parts = new RouterParts(await inner.ReadAsync(routers, others, cancelled), forwardings, proxies, await gateways.ReadAsync(routers, cancelled));
        var wanted = new List<WantedRouter>();
        foreach (var router in routers)
        {
            wanted.Add(await map.WantedAsync(router, parts, cancelled));
        }

        return wanted;
    }

    /// <summary>What stands there for one router.</summary>
    /// <param name="floatingIps">The parent's floating IPs for which something may stand although the router does not lead it (any more).</param>
    public async Task<RouterSight> SightAsync(Router router, IEnumerable<string> floatingIps, CancellationToken cancelled)
    {
        var project = await networks.ProjectAsync(cancelled);
        var ports = await Neutron.Ports.ListAsync(Scope.Own, new() { DeviceIds = [router.Id] }, cancelled)
            .Where(port => port.DeviceId == router.Id)
            .ToListAsync(cancelled);
        var led = await Neutron.FloatingIps.ListAsync(Scope.Own, new() { RouterIds = [router.Id], ProjectId = project }, cancelled)
            .Where(ip => ip.RouterId == router.Id && IsOurs(ip, project))
            .ToListAsync(cancelled);
        foreach (var id in floatingIps.Where(id => led.TrueForAll(ip => Stamp.ParentOf(ip.Description) != id)))
        {
            led.AddRange(await Neutron.FloatingIps.ListAsync(Scope.Own, new() { Description = Stamp.Of(id), ProjectId = project }, cancelled)
            .Where(ip => Stamp.ParentOf(ip.Description) == id && IsOurs(ip, project))
            .ToListAsync(cancelled));
        }

        return new(router, ports, led);
    }

    /// <summary>The NDP proxies of these routers of the child. A stock cloud has no filter for a router (<see cref="NdpProxyFilter"/>): all are listed, so it is asked only for what may have any.</summary>
    public async Task<IReadOnlyList<NdpProxy>> NdpProxiesAsync(IReadOnlySet<string> routers, CancellationToken cancelled) =>
        routers.Count == 0 || !await Neutron.Extensions.HasAsync(Scope.Own, Extension.NdpProxy, cancelled) ? []
        : await Neutron.NdpProxies.ListAsync(Scope.Own, new() { Limit = Page }, cancelled)
            .Where(proxy => proxy.RouterId is { } router && routers.Contains(router))
            .ToListAsync(cancelled);

    /// <summary>All routers of ours with what hangs on them.</summary>
    public async Task<IReadOnlyList<RouterSight>> SightsAsync(CancellationToken cancelled) => (await EverythingAsync(cancelled)).Routers;

    /// <summary>All that is ours, by lists: as many questions as there are pages.</summary>
    public async Task<ChildSight> EverythingAsync(CancellationToken cancelled)
    {
        var project = await networks.ProjectAsync(cancelled);
        var routers = await Neutron.Routers.ListAsync(Scope.Own, new() { ProjectId = project, Limit = Page }, cancelled)
            .Where(router => router.ProjectId == project && Stamp.ParentOf(router.Description) is not null)
            .ToListAsync(cancelled);
        var ids = routers.Select(router => router.Id).ToHashSet(StringComparer.Ordinal);
        // Ports of gateways belong to no project: they are found by their owner alone.
        var found = await Neutron.Ports.ListAsync(Scope.Own, new() { DeviceOwners = [.. RouterSight.InterfaceOwners, "network:router_gateway", Placeholder.Owner], Limit = Page }, cancelled)
            .Where(port => (port.DeviceId is { } device && ids.Contains(device)) || InterfaceActuator.IsLoose(port, project) || Placeholder.Is(port))
            .ToListAsync(cancelled);
        var ports = found.ToLookup(port => port.DeviceId ?? "", StringComparer.Ordinal);
        var all = await Neutron.FloatingIps.ListAsync(Scope.Own, new() { ProjectId = project, Limit = Page }, cancelled)
            .Where(ip => IsOurs(ip, project))
            .ToListAsync(cancelled);
        var led = all.ToLookup(ip => ip.RouterId ?? "", StringComparer.Ordinal);
        var answering = routers.Where(router => router.EnableNdpProxy is true).Select(router => router.Id).ToHashSet(StringComparer.Ordinal);
        var proxies = (await NdpProxiesAsync(answering, cancelled)).ToLookup(proxy => proxy.RouterId ?? "", StringComparer.Ordinal);
        return new(
            [.. routers.Select(router => new RouterSight(router, [.. ports[router.Id]], [.. led[router.Id]]) { NdpProxies = [.. proxies[router.Id]] })],
            [.. found.Where(port => InterfaceActuator.IsLoose(port, project))],
            [.. led[""].Where(ip => ip.PortId is null)],
            [.. found.Where(Placeholder.Is)]);
    }

    static bool IsOurs(FloatingIp ip, string project) => ip.ProjectId == project && Stamp.ParentOf(ip.Description) is not null;
}
