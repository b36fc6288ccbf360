using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Placement;

/// <summary>The traits that placement knows (1.6).</summary>
public sealed class Traits
{
    private readonly ServiceClient client;

    internal Traits(ServiceClient client) => this.client = client;

    /// <summary>Those of the names given that exist; with null all.</summary>
    public Task<IReadOnlyList<string>> ListAsync(Scope scope, IReadOnlyList<string>? names, CancellationToken cancelled) =>
        NamedAsync(scope, names is null ? null : "in:" + string.Join(',', names), cancelled);

    /// <summary>All whose names begin so.</summary>
    public Task<IReadOnlyList<string>> StartingAsync(Scope scope, string prefix, CancellationToken cancelled) => NamedAsync(scope, "startswith:" + prefix, cancelled);

    /// <summary>Creates a trait named <c>CUSTOM_…</c>; fine when it exists.</summary>
    public Task CreateAsync(Scope scope, string name, CancellationToken cancelled) =>
        client.DoAsync(
            scope, new ApiRequest(HttpMethod.Put, PlacementPaths.Trait(name)) { Idempotent = true, Floor = new(1, 6) }, cancelled);

    private async Task<IReadOnlyList<string>> NamedAsync(Scope scope, string? filter, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope, ApiRequest.Get(PlacementPaths.Traits, new Query().Add("name", filter).ToString()) with { Floor = new(1, 6) }, PlacementJson.Default.TraitList, cancelled)).Traits ?? [];
}
