using Cascade.NovaProxy.Capacity;
using Cascade.OpenStack;
using Cascade.OpenStack.Placement;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// Our resource provider in the parent's placement: what the scheduler really reads (nova/scheduler/client/report.py: SchedulerReportClient). What
/// others put there, classes, traits, aggregates, stays.
/// </summary>
internal sealed class ParentProvider(ParentClouds parent, HostIdentity identity, ILogger<ParentProvider> log)
{
    const int Tries = 4;

    readonly ResourceProviders providers = parent.Placement.Placement.Providers;
    readonly ResourceClasses classes = parent.Placement.Placement.ResourceClasses;
    readonly Traits traits = parent.Placement.Placement.Traits;

    string Uuid => identity.NodeUuid.ToString("D");

    /// <summary>Makes the provider unless it is there.</summary>
    public async Task EnsureAsync(CancellationToken cancelled)
    {
        if ((await providers.ListAsync(Scope.Own, new() { InTree = Uuid }, cancelled)).Any(provider => provider.Uuid == Uuid))
        {
            return;
        }

        try
        {
            await providers.CreateAsync(Scope.Own, Uuid, identity.NodeName, null, cancelled);
            Log.ProviderCreated(log, identity.NodeName, Uuid);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            // An orphan of another uuid has the name. Native refuses too (ResourceProviderCreationFailed): only an operator knows whose it is.
            Log.ProviderNameTaken(log, fault, identity.NodeName, Uuid);
            throw;
        }
    }

    /// <summary>Puts our three classes and the child's custom ones in, if they are not so; others' classes stay.</summary>
    /// <param name="childs">Custom classes that are the child's.</param>
    public Task PutInventoriesAsync(HostCapacity capacity, IReadOnlySet<string> childs, CancellationToken cancelled) => AgainWhenOthersWereFasterAsync(
        async () =>
        {
            var now = await providers.InventoriesAsync(Scope.Own, Uuid, cancelled);
            foreach (var added in capacity.Custom.Keys.Where(name => !now.Classes.ContainsKey(name)))
            {
                // As a nova-compute makes what its driver reports (nova/scheduler/client/report.py: _ensure_resource_classes).
                await classes.CreateAsync(Scope.Own, added, cancelled);
            }

            try
            {
                await PutAsync(now, InventoryMap.Of(now.Classes, capacity, childs), capacity, cancelled);
            }
            catch (CloudFault fault) when (fault.Code == CloudFault.PlacementInventoryInUse)
            {
                await PutAsync(now, InventoryMap.Of(now.Classes, capacity, childs, inUse: true), capacity, cancelled);
            }
        });

    async Task PutAsync(Inventories now, Dictionary<string, Inventory> wanted, HostCapacity capacity, CancellationToken cancelled)
    {
        if (!InventoryMap.Same(now.Classes, wanted))
        {
            await providers.PutInventoriesAsync(Scope.Own, Uuid, new(now.ResourceProviderGeneration, wanted), cancelled);
            var custom = string.Concat(capacity.Custom.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $", {one.Key} {one.Value}"));
            Log.InventoriesPut(log, identity.NodeName, capacity.Vcpu.ToString(), capacity.MemoryMb.ToString(), $"{capacity.DiskGb}{custom}", capacity.Source);
        }
    }

    /// <summary>Puts our traits in, and COMPUTE_STATUS_DISABLED in or out; a PUT replaces all, so others' traits are sent back.</summary>
    /// <param name="ours">Those of the child's hosts.</param>
    /// <param name="childs">Custom traits that are the child's.</param>
    public Task PutTraitsAsync(bool disabled, IReadOnlyCollection<string> ours, IReadOnlySet<string> childs, CancellationToken cancelled) => AgainWhenOthersWereFasterAsync(
        async () =>
        {
            var now = await providers.TraitsAsync(Scope.Own, Uuid, cancelled);
            var wanted = TraitMap.Of(now.Traits, disabled, ours, childs);
            if (!wanted.SetEquals(now.Traits))
            {
                // Only traits that this placement's release knows: one unknown name refuses the whole PUT. Custom ones it learns from us (_ensure_traits).
                var added = wanted.Except(now.Traits, StringComparer.Ordinal).ToArray();
                foreach (var custom in added.Where(CustomNames.IsCustom))
                {
                    await traits.CreateAsync(Scope.Own, custom, cancelled);
                }

                var known = added.Length == 0 ? [] : await traits.ListAsync(Scope.Own, added, cancelled);
                wanted.ExceptWith(added.Except(known, StringComparer.Ordinal));
                if (!wanted.SetEquals(now.Traits))
                {
                    await providers.PutTraitsAsync(Scope.Own, Uuid, new(now.ResourceProviderGeneration, [.. wanted.Order(StringComparer.Ordinal)]), cancelled);
                }
            }
        });

    static async Task AgainWhenOthersWereFasterAsync(Func<Task> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await change();
                return;
            }
            catch (CloudFault fault) when (fault.Code == CloudFault.PlacementConcurrentUpdate && attempt < Tries)
            {
            }
        }
    }
}
