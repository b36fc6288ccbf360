using System.Collections.Concurrent;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Child;

/// <summary>
/// The networks that L2-Proxy has made in the child, found by their stamps in our own project, where no tenant can write one. A cache: what is not what it was is
/// forgotten and looked up again.
/// </summary>
internal sealed class ChildNetworks(ChildCloud child)
{
    const int Page = 1000;

    readonly ConcurrentDictionary<string, ChildNetwork> known = new(StringComparer.Ordinal);

    NetworkClient Neutron => child.Cloud.Network;

    /// <summary>Our account's own project: what is in it is ours.</summary>
    public Task<string> ProjectAsync(CancellationToken cancelled) => child.ProjectIdAsync(cancelled);

    /// <summary>What stands for a network of the parent; null while nothing does.</summary>
    public async Task<ChildNetwork?> FindAsync(string networkId, IReadOnlyCollection<string> subnetIds, CancellationToken cancelled)
    {
        if (known.TryGetValue(networkId, out var at) && subnetIds.All(at.Subnets.ContainsKey))
        {
            return at;
        }

        var project = await ProjectAsync(cancelled);
        var networks = await Neutron.Networks.ListAsync(Scope.Own, new() { ProjectId = project, Description = Stamp.Of(networkId) }, cancelled)
            .Where(seen => IsOurs(seen, project) && Stamp.ParentOf(seen.Description) == networkId)
            .ToListAsync(cancelled);
        if (Oldest.Of(networks) is not { } network)
        {
            known.TryRemove(networkId, out _);
            return null;
        }

        var subnets = await Neutron.Subnets.ListAsync(Scope.Own, new() { NetworkIds = [network.Id] }, cancelled).ToListAsync(cancelled);
        return known[networkId] = Of(network, subnets, project);
    }

    /// <summary>All of them by two lists, for what is compared as a whole.</summary>
    public async Task LoadAsync(CancellationToken cancelled)
    {
        var project = await ProjectAsync(cancelled);
        var subnets = await Neutron.Subnets.ListAsync(Scope.Own, new() { ProjectId = project, Limit = Page }, cancelled).ToListAsync(cancelled);
        var byNetwork = subnets.ToLookup(subnet => subnet.NetworkId ?? "", StringComparer.Ordinal);
        var networks = await Neutron.Networks.ListAsync(Scope.Own, new() { ProjectId = project, Limit = Page }, cancelled)
            .Where(seen => IsOurs(seen, project) && Stamp.ParentOf(seen.Description) is not null)
            .ToListAsync(cancelled);
        known.Clear();
        foreach (var same in networks.GroupBy(network => Stamp.ParentOf(network.Description)!, StringComparer.Ordinal))
        {
            var network = Oldest.Of(same)!;
            known[same.Key] = Of(network, byNetwork[network.Id], project);
        }
    }

    /// <summary>One of the child's is not what it was.</summary>
    public void Forget(string childId)
    {
        foreach (var stale in known.Where(one => one.Value.Id == childId))
        {
            known.TryRemove(stale);
        }
    }

    static bool IsOurs(NetworkInfo seen, string project) => seen.ProjectId == project;

    static ChildNetwork Of(NetworkInfo network, IEnumerable<Subnet> subnets, string project) => new(
        network.Id,
        subnets
            .Where(subnet => subnet.ProjectId == project && Stamp.ParentOf(subnet.Description) is not null)
            .GroupBy(subnet => Stamp.ParentOf(subnet.Description)!, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First().Id, StringComparer.Ordinal));
}

/// <param name="Subnets">The parent's subnet → the child's.</param>
internal sealed record ChildNetwork(string Id, IReadOnlyDictionary<string, string> Subnets);
