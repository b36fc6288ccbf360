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

    /// <summary>Puts our three classes in, if they are not so; others' classes stay.</summary>
    public Task PutInventoriesAsync(HostCapacity capacity, CancellationToken cancelled) => AgainWhenOthersWereFasterAsync(
        async () =>
        {
            var now = await providers.InventoriesAsync(Scope.Own, Uuid, cancelled);
            var wanted = InventoryMap.Of(now.Classes, capacity);
            if (!InventoryMap.Same(now.Classes, wanted))
            {
                await providers.PutInventoriesAsync(Scope.Own, Uuid, new(now.ResourceProviderGeneration, wanted), cancelled);
                Log.InventoriesPut(log, identity.NodeName, capacity.Vcpu.ToString(), capacity.MemoryMb.ToString(), capacity.DiskGb.ToString(), capacity.Source);
            }
        });

    /// <summary>Puts our traits in, and COMPUTE_STATUS_DISABLED in or out; a PUT replaces all, so others' traits are sent back.</summary>
    public Task PutTraitsAsync(bool disabled, IReadOnlyCollection<string> ours, CancellationToken cancelled) => AgainWhenOthersWereFasterAsync(
        async () =>
        {
            var now = await providers.TraitsAsync(Scope.Own, Uuid, cancelled);
            var wanted = TraitMap.Of(now.Traits, disabled, ours);
            if (!wanted.SetEquals(now.Traits))
            {
                // Only traits that this placement's release knows: one unknown name refuses the whole PUT.
                var added = wanted.Except(now.Traits, StringComparer.Ordinal).ToArray();
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
