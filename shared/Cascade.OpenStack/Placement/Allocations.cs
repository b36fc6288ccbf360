using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Placement;

/// <summary>What consumers have been given (1.28: with generations; 1.36: as Nova asks, before consumer types).</summary>
public sealed class Allocations
{
    private static readonly Microversion Floor = new(1, 28);
    private static readonly Microversion BeforeTypes = new(1, 36);

    private readonly ServiceClient client;

    internal Allocations(ServiceClient client) => this.client = client;

    /// <summary>Empty, not NotFound, when the consumer has nothing.</summary>
    public Task<ConsumerAllocations> GetAsync(Scope scope, string consumer, CancellationToken cancelled) =>
        client.SendAsync(
            scope,
            ApiRequest.Get(PlacementPaths.Allocations(consumer)) with { Floor = Floor, Ceiling = BeforeTypes },
            PlacementJson.Default.ConsumerAllocations,
            cancelled);

    /// <summary>Replaces everything the consumer has. Conflict when the consumer's generation moved on
    /// (<see cref="CloudFault.PlacementConcurrentUpdate"/>) or a provider has not enough left.</summary>
    public Task PutAsync(Scope scope, string consumer, ConsumerAllocations wanted, CancellationToken cancelled)
    {
        var body = Put(wanted);
        return client.DoAsync(
            scope,
            ApiRequest.Put(PlacementPaths.Allocations(consumer), body, PlacementJson.Default.AllocationsPut, idempotent: false)
                with { Floor = Floor, Ceiling = BeforeTypes },
            cancelled);
    }

    /// <summary>
    /// Replaces everything that several consumers have, all or none (placement/handlers/allocation.py: set_allocations); empty allocations take it
    /// away. Sent once: when it was done already, the generations have moved on (<see cref="CloudFault.PlacementConcurrentUpdate"/>).
    /// </summary>
    public Task PostAsync(Scope scope, IReadOnlyDictionary<string, ConsumerAllocations> wanted, CancellationToken cancelled)
    {
        var body = new AllocationsPost();
        foreach (var (consumer, allocations) in wanted)
        {
            body[consumer] = Put(allocations);
        }

        return client.DoAsync(
            scope,
            ApiRequest.Post(PlacementPaths.AllAllocations, body, PlacementJson.Default.AllocationsPost) with { Floor = Floor, Ceiling = BeforeTypes },
            cancelled);
    }

    /// <summary>NotFound when it has nothing.</summary>
    public Task DeleteAsync(Scope scope, string consumer, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(PlacementPaths.Allocations(consumer)), cancelled);

    private static AllocationsPut Put(ConsumerAllocations wanted) => new(
        wanted.Allocations.ToDictionary(item => item.Key, item => new AllocationPut(item.Value.Resources)),
        wanted.ConsumerGeneration,
        wanted.ProjectId ?? throw new ArgumentException("a consumer belongs to a project", nameof(wanted)),
        wanted.UserId ?? throw new ArgumentException("a consumer belongs to a user", nameof(wanted)));
}
