using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Placement;

/// <summary>The traits that placement knows (1.6).</summary>
public sealed class Traits
{
    private readonly ServiceClient client;

    internal Traits(ServiceClient client) => this.client = client;

    /// <summary>Those of the names given that exist; with null all.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(Scope scope, IReadOnlyList<string>? names, CancellationToken cancelled)
    {
        var query = new Query().Add("name", names is null ? null : "in:" + string.Join(',', names)).ToString();
        return (await client.SendAsync(
            scope, ApiRequest.Get(PlacementPaths.Traits, query) with { Floor = new(1, 6) }, PlacementJson.Default.TraitList, cancelled)).Traits ?? [];
    }

    /// <summary>Creates a trait named <c>CUSTOM_…</c>; fine when it exists.</summary>
    public Task CreateAsync(Scope scope, string name, CancellationToken cancelled) =>
        client.DoAsync(
            scope, new ApiRequest(HttpMethod.Put, PlacementPaths.Trait(name)) { Idempotent = true, Floor = new(1, 6) }, cancelled);
}
