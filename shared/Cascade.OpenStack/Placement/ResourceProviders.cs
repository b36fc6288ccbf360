using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Placement;

/// <summary>
/// Resource providers and what hangs on them. A write that carries a generation is refused as <see cref="FaultKind.Conflict"/> with code
/// <see cref="CloudFault.PlacementConcurrentUpdate"/> when somebody else was faster; it is never sent twice by itself.
/// </summary>
public sealed class ResourceProviders
{
    private readonly ServiceClient client;

    internal ResourceProviders(ServiceClient client) => this.client = client;

    public async Task<IReadOnlyList<ResourceProvider>> ListAsync(Scope scope, ResourceProviderFilter filter, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            ApiRequest.Get(PlacementPaths.Providers, filter.ToQuery()) with { Floor = new(1, 14) },
            PlacementJson.Default.ResourceProviderPage,
            cancelled)).ResourceProviders ?? [];

    public Task<ResourceProvider> GetAsync(Scope scope, string uuid, CancellationToken cancelled) =>
        client.SendAsync(
            scope, ApiRequest.Get(PlacementPaths.Provider(uuid)) with { Floor = new(1, 14) }, PlacementJson.Default.ResourceProvider, cancelled);

    /// <summary>Creates with the UUID chosen; Conflict (code <c>placement.duplicate_name</c>) when UUID or name is taken.</summary>
    public Task<ResourceProvider> CreateAsync(Scope scope, string uuid, string name, string? parentUuid, CancellationToken cancelled) =>
        client.SendAsync(
            scope,
            ApiRequest.Post(
                PlacementPaths.Providers, new ResourceProviderCreate(name, uuid, parentUuid), PlacementJson.Default.ResourceProviderCreate)
                with { Floor = new(1, 20) },
            PlacementJson.Default.ResourceProvider,
            cancelled);

    /// <summary>Conflict when it still has allocations or children.</summary>
    public Task DeleteAsync(Scope scope, string uuid, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(PlacementPaths.Provider(uuid)), cancelled);

    public Task<Inventories> InventoriesAsync(Scope scope, string uuid, CancellationToken cancelled) =>
        client.SendAsync(scope, ApiRequest.Get(PlacementPaths.Inventories(uuid)), PlacementJson.Default.Inventories, cancelled);

    /// <summary>Replaces all inventories; Conflict (code <c>placement.inventory.inuse</c>) when a class in use would go.</summary>
    public Task<Inventories> PutInventoriesAsync(Scope scope, string uuid, Inventories inventories, CancellationToken cancelled) =>
        client.SendAsync(
            scope,
            ApiRequest.Put(PlacementPaths.Inventories(uuid), inventories, PlacementJson.Default.Inventories, idempotent: false)
                with { Floor = new(1, 26) },
            PlacementJson.Default.Inventories,
            cancelled);

    public Task<ProviderTraits> TraitsAsync(Scope scope, string uuid, CancellationToken cancelled) =>
        client.SendAsync(
            scope, ApiRequest.Get(PlacementPaths.ProviderTraits(uuid)) with { Floor = new(1, 6) }, PlacementJson.Default.ProviderTraits, cancelled);

    /// <summary>Replaces all traits: merge with those of others before. Invalid when a trait does not exist.</summary>
    public Task<ProviderTraits> PutTraitsAsync(Scope scope, string uuid, ProviderTraits traits, CancellationToken cancelled) =>
        client.SendAsync(
            scope,
            ApiRequest.Put(PlacementPaths.ProviderTraits(uuid), traits, PlacementJson.Default.ProviderTraits, idempotent: false)
                with { Floor = new(1, 6) },
            PlacementJson.Default.ProviderTraits,
            cancelled);

    public Task<ProviderAggregates> AggregatesAsync(Scope scope, string uuid, CancellationToken cancelled) =>
        client.SendAsync(
            scope, ApiRequest.Get(PlacementPaths.Aggregates(uuid)) with { Floor = new(1, 19) }, PlacementJson.Default.ProviderAggregates, cancelled);

    /// <summary>Replaces all aggregates.</summary>
    public Task<ProviderAggregates> PutAggregatesAsync(Scope scope, string uuid, ProviderAggregates aggregates, CancellationToken cancelled) =>
        client.SendAsync(
            scope,
            ApiRequest.Put(PlacementPaths.Aggregates(uuid), aggregates, PlacementJson.Default.ProviderAggregates, idempotent: false)
                with { Floor = new(1, 19) },
            PlacementJson.Default.ProviderAggregates,
            cancelled);

    public Task<ProviderUsages> UsagesAsync(Scope scope, string uuid, CancellationToken cancelled) =>
        client.SendAsync(scope, ApiRequest.Get(PlacementPaths.Usages(uuid)), PlacementJson.Default.ProviderUsages, cancelled);

    /// <summary>Who has what of this provider.</summary>
    public Task<ProviderAllocations> AllocationsAsync(Scope scope, string uuid, CancellationToken cancelled) =>
        client.SendAsync(
            scope, ApiRequest.Get(PlacementPaths.ProviderAllocations(uuid)), PlacementJson.Default.ProviderAllocations, cancelled);
}
