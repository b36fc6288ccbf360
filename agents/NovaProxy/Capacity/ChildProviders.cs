using Cascade.OpenStack;
using Cascade.OpenStack.Placement;

namespace Cascade.NovaProxy.Capacity;

/// <summary>Reads the providers of the child's placement that servers take from.</summary>
internal sealed class ChildProviders(Cloud child)
{
    readonly ResourceProviders providers = child.Placement.Providers;

    /// <summary>What was read: every provider, and the traits of those that take new servers.</summary>
    internal sealed record Seen(IReadOnlyList<ChildProvider> Providers, IReadOnlyCollection<string> Traits);

    /// <param name="closed">Ids of hosts that take nothing.</param>
    /// <param name="nested">Whether to look below the hosts too: custom resources may be a device's (nova/pci, cyborg) and not the host's own.</param>
    /// <returns>Null when there is no host.</returns>
    public async Task<Seen?> ReadAsync(IReadOnlySet<string> closed, bool nested, CancellationToken cancelled)
    {
        var nodes = await providers.ListAsync(Scope.Own, new() { Required = ["COMPUTE_NODE"] }, cancelled);
        if (nodes.Count == 0)
        {
            return null;
        }

        var disks = await providers.ListAsync(Scope.Own, new() { Required = ["MISC_SHARES_VIA_AGGREGATE"] }, cancelled);
        var traits = new HashSet<string>(StringComparer.Ordinal);
        var takes = new Dictionary<string, bool>(StringComparer.Ordinal);
        var seen = new List<ChildProvider>();
        foreach (var provider in nodes.Concat(disks))
        {
            var has = (await providers.TraitsAsync(Scope.Own, provider.Uuid, cancelled)).Traits;
            takes[provider.Uuid] = !has.Contains("COMPUTE_STATUS_DISABLED") && !closed.Contains(provider.Uuid);
            seen.Add(await ReadAsync(provider, takes[provider.Uuid], _ => true, cancelled));
            if (takes[provider.Uuid])
            {
                traits.UnionWith(has);
            }
        }

        foreach (var device in nested ? await BelowAsync(takes.Keys, cancelled) : [])
        {
            // A class of one request comes from one provider, so each device is one of its own (placement/objects/research_context.py), as open as its host is.
            seen.Add(await ReadAsync(device, takes[device.RootProviderUuid!], CustomNames.IsCustom, cancelled));
            if (takes[device.RootProviderUuid!])
            {
                traits.UnionWith((await providers.TraitsAsync(Scope.Own, device.Uuid, cancelled)).Traits.Where(CustomNames.IsCustom));
            }
        }

        return new(seen, traits);
    }

    async Task<IEnumerable<ResourceProvider>> BelowAsync(IReadOnlyCollection<string> roots, CancellationToken cancelled) =>
        (await providers.ListAsync(Scope.Own, new(), cancelled))
            .Where(one => one.RootProviderUuid is { } root && root != one.Uuid && roots.Contains(root));

    async Task<ChildProvider> ReadAsync(ResourceProvider provider, bool takes, Func<string, bool> counts, CancellationToken cancelled)
    {
        var inventories = await providers.InventoriesAsync(Scope.Own, provider.Uuid, cancelled);
        var allocations = await providers.AllocationsAsync(Scope.Own, provider.Uuid, cancelled);
        return new(
            provider.Name,
            takes,
            inventories.Classes.Where(item => counts(item.Key)).ToDictionary(
                item => item.Key,
                item => new ChildInventory(item.Value.Total, item.Value.Reserved, item.Value.AllocationRatio, item.Value.MaxUnit)),
            allocations.Allocations.ToDictionary(
                item => item.Key,
                item => (IReadOnlyDictionary<string, long>)item.Value.Resources.ToDictionary(resource => resource.Key, resource => (long)resource.Value)));
    }
}
