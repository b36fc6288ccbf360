using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Flavors of Nova.</summary>
public sealed class Flavors
{
    private readonly ServiceClient client;

    internal Flavors(ServiceClient client) => this.client = client;

    /// <summary>Flavors in detail.</summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="everyone">Also the private ones of all projects; only an administrator gets them
    /// (nova/api/openstack/compute/flavors.py: _get_flavors, <c>is_public=None</c>), everybody else the public ones and his own.</param>
    /// <param name="cancelled">Ends the listing.</param>
    public IAsyncEnumerable<Flavor> ListAsync(Scope scope, bool everyone, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get("/flavors/detail", everyone ? "is_public=None" : null),
            ComputeJson.Default.FlavorPage,
            page => ((IReadOnlyList<Flavor>?)page.Flavors, Paging.Next(page.FlavorsLinks)),
            cancelled);

    public async Task<Flavor> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(PathOf(id)), ComputeJson.Default.FlavorBody, cancelled)).Flavor;

    /// <summary>Creates; needs an administrator. Conflict when the id or the name is taken.</summary>
    public async Task<Flavor> CreateAsync(Scope scope, FlavorCreate wanted, CancellationToken cancelled)
    {
        var body = wanted.Description is not null && !await client.SupportsAsync(scope, "2.55", cancelled) ? wanted with { Description = null } : wanted;
        var request = ApiRequest.Post("/flavors", new FlavorCreateBody(body), ComputeJson.Default.FlavorCreateBody);
        return (await client.SendAsync(scope, request, ComputeJson.Default.FlavorBody, cancelled)).Flavor;
    }

    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => client.DoAsync(scope, ApiRequest.Delete(PathOf(id)), cancelled);

    public async Task<IReadOnlyDictionary<string, string>> ExtraSpecsAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(PathOf(id) + "/os-extra_specs"), ComputeJson.Default.ExtraSpecs, cancelled)).Specs;

    /// <summary>Sets the keys given and leaves others alone; needs an administrator.</summary>
    public Task SetExtraSpecsAsync(Scope scope, string id, IReadOnlyDictionary<string, string> specs, CancellationToken cancelled) =>
        // Setting a key twice to one value changes nothing, so this POST may be repeated (nova/objects/flavor.py: save_extra_specs).
        client.DoAsync(
            scope,
            ApiRequest.Post(PathOf(id) + "/os-extra_specs", new ExtraSpecs(specs), ComputeJson.Default.ExtraSpecs) with { Idempotent = true },
            cancelled);

    /// <summary>Lets a project use a private flavor; fine when it may already.</summary>
    public async Task AddAccessAsync(Scope scope, string id, string projectId, CancellationToken cancelled)
    {
        var body = new FlavorAccessAction(new FlavorTenant(projectId));
        try
        {
            await client.DoAsync(scope, ApiRequest.Post(PathOf(id) + "/action", body, ComputeJson.Default.FlavorAccessAction), cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            // nova/exception.py: FlavorAccessExists, 409.
        }
    }

    private static string PathOf(string id) => $"/flavors/{Uri.EscapeDataString(id)}";
}
