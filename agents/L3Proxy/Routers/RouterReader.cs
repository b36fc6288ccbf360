using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.FloatingIps;
using Cascade.L3Proxy.Parent;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Routers;

/// <summary>Reads both sides of routers: what shall stand in the child, and what stands there.</summary>
internal sealed class RouterReader(ParentRouters parent, ChildCloud child, ChildNetworks networks, InnerPortReader inner, RouterMap map)
{
    const int Page = 1000;

    NetworkClient Neutron => child.Cloud.Network;

    /// <summary>What shall stand in the child for each of them, in their order.</summary>
    public async Task<IReadOnlyList<WantedRouter>> WantedAsync(IReadOnlyList<NeutronRouter> routers, CancellationToken cancelled)
    {
        var forwardings = await parent.ForwardingsAsync([.. routers.SelectMany(router => router.PortForwardingFloatingIps).Select(ip => ip.Id)], cancelled);
        var ports = await inner.ReadAsync(routers, forwardings.SelectMany(some => some), cancelled);
        var wanted = new List<WantedRouter>();
        foreach (var router in routers)
        {
            wanted.Add(await map.WantedAsync(router, ports, forwardings, cancelled));
        }

        return wanted;
    }

    /// <summary>What stands there for one router.</summary>
    /// <param name="floatingIps">The parent's floating IPs for which something may stand although the router does not lead it (any more).</param>
    public async Task<RouterSight> SightAsync(Router router, IEnumerable<string> floatingIps, CancellationToken cancelled)
    {
        var project = await networks.ProjectAsync(cancelled);
        var ports = await ListAsync(Neutron.Ports.ListAsync(Scope.Own, new() { DeviceIds = [router.Id] }, cancelled), port => port.DeviceId == router.Id);
        var led = await ListAsync(Neutron.FloatingIps.ListAsync(Scope.Own, new() { RouterIds = [router.Id], ProjectId = project }, cancelled), ip => ip.RouterId == router.Id && IsOurs(ip, project));
        foreach (var id in floatingIps.Where(id => led.TrueForAll(ip => Stamp.ParentOf(ip.Description) != id)))
        {
            led.AddRange(await ListAsync(
                Neutron.FloatingIps.ListAsync(Scope.Own, new() { Description = Stamp.Of(id), ProjectId = project }, cancelled),
                ip => Stamp.ParentOf(ip.Description) == id && IsOurs(ip, project)));
        }

        return new(router, ports, led);
    }

    /// <summary>All routers of ours with what hangs on them, by lists: as many questions as there are pages.</summary>
    public async Task<IReadOnlyList<RouterSight>> SightsAsync(CancellationToken cancelled)
    {
        var project = await networks.ProjectAsync(cancelled);
        var routers = await ListAsync(
            Neutron.Routers.ListAsync(Scope.Own, new() { ProjectId = project, Limit = Page }, cancelled), router => router.ProjectId == project && Stamp.ParentOf(router.Description) is not null);
        if (routers.Count == 0)
        {
            return [];
        }

        var ids = routers.Select(router => router.Id).ToHashSet(StringComparer.Ordinal);
        // Ports of gateways belong to no project: they are found by their owner alone.
        var ports = (await ListAsync(
            Neutron.Ports.ListAsync(Scope.Own, new() { DeviceOwners = [.. RouterSight.InterfaceOwners, "network:router_gateway"], Limit = Page }, cancelled),
            port => port.DeviceId is { } device && ids.Contains(device))).ToLookup(port => port.DeviceId!, StringComparer.Ordinal);
        var all = await ListAsync(Neutron.FloatingIps.ListAsync(Scope.Own, new() { ProjectId = project, Limit = Page }, cancelled), ip => IsOurs(ip, project));
        var led = all.ToLookup(ip => ip.RouterId ?? "", StringComparer.Ordinal);
        return [.. routers.Select(router => new RouterSight(router, [.. ports[router.Id]], [.. led[router.Id]]))];
    }

    static bool IsOurs(FloatingIp ip, string project) => ip.ProjectId == project && Stamp.ParentOf(ip.Description) is not null;

    static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> all, Func<T, bool> fits)
    {
        var found = new List<T>();
        await foreach (var one in all)
        {
            if (fits(one))
            {
                found.Add(one);
            }
        }

        return found;
    }
}
