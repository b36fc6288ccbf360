using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Placement;

/// <summary>The classes of resources that placement knows.</summary>
public sealed class ResourceClasses
{
    private readonly ServiceClient client;

    internal ResourceClasses(ServiceClient client) => this.client = client;

    /// <summary>Names of all, those that every placement has among them (1.2).</summary>
    public async Task<IReadOnlyList<string>> ListAsync(Scope scope, CancellationToken cancelled) =>
        [.. ((await client.SendAsync(
            scope, ApiRequest.Get(PlacementPaths.ResourceClasses) with { Floor = new(1, 2) }, PlacementJson.Default.ResourceClassList, cancelled)).ResourceClasses ?? [])
            .Select(one => one.Name)];

    /// <summary>Creates a class named <c>CUSTOM_…</c>; fine when it exists (1.7).</summary>
    public Task CreateAsync(Scope scope, string name, CancellationToken cancelled) =>
        client.DoAsync(
            scope, new ApiRequest(HttpMethod.Put, PlacementPaths.ResourceClass(name)) { Idempotent = true, Floor = new(1, 7) }, cancelled);
}
