using Cascade.OpenStack;
using Cascade.OpenStack.Placement;

namespace Cascade.NovaProxy.Parent;

/// <inheritdoc cref="IAllocations"/>
internal sealed class Allocations(ParentClouds parent) : IAllocations
{
    const int Tries = 4;

    readonly OpenStack.Placement.Allocations placement = parent.Placement.Placement.Allocations;

    public async Task<ConsumerAllocations?> GetAsync(string consumerUuid, CancellationToken cancelled) =>
        await placement.GetAsync(Scope.Own, consumerUuid, cancelled) is { Allocations.Count: > 0 } found ? found : null;

    public async Task DeleteAsync(string consumerUuid, CancellationToken cancelled)
    {
        try
        {
            await placement.DeleteAsync(Scope.Own, consumerUuid, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
        }
    }

    public async Task<bool> DeleteIfUnchangedAsync(string consumerUuid, ConsumerAllocations seen, CancellationToken cancelled)
    {
        try
        {
            // nova/scheduler/client/report.py: delete_allocation_for_instance: an empty PUT carries the generation, a DELETE cannot.
            await placement.PutAsync(Scope.Own, consumerUuid, seen with { Allocations = new Dictionary<string, Allocation>() }, cancelled);
            return true;
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            return false;
        }
    }

    public async Task MoveAsync(string fromConsumer, string toConsumer, CancellationToken cancelled)
    {
        for (var attempt = 1; await GetAsync(fromConsumer, cancelled) is { } source; attempt++)
        {
            var target = await placement.GetAsync(Scope.Own, toConsumer, cancelled);
            // nova/scheduler/client/report.py: move_allocations: both at once, so that neither a crash nor a scheduler finds the host emptier than it is.
            var moved = new Dictionary<string, ConsumerAllocations>
            {
                [fromConsumer] = source with { Allocations = new Dictionary<string, Allocation>() },
                [toConsumer] = source with { ConsumerGeneration = target.ConsumerGeneration },
            };
            try
            {
                await placement.PostAsync(Scope.Own, moved, cancelled);
                return;
            }
            catch (CloudFault fault) when ((fault.Kind is FaultKind.Conflict || fault.ResultUnknown) && attempt < Tries)
            {
                // Somebody was faster, or the answer was lost: what is there now says whether there is anything left to move.
            }
        }
    }

    public async Task<bool> RemoveProviderAsync(string consumerUuid, string providerUuid, CancellationToken cancelled)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await GetAsync(consumerUuid, cancelled) is not { } held || !held.Allocations.ContainsKey(providerUuid))
            {
                return true;
            }

            var left = held.Allocations.Where(one => one.Key != providerUuid).ToDictionary();
            try
            {
                await placement.PutAsync(Scope.Own, consumerUuid, held with { Allocations = left }, cancelled);
                return true;
            }
            catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
            {
            }
        }

        return false;
    }
}
