using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Keypairs of the user whose token is used: they belong to a user, not to a project.</summary>
public sealed class Keypairs
{
    private readonly ServiceClient client;

    internal Keypairs(ServiceClient client) => this.client = client;

    /// <summary>Imports a public key; Conflict when the name is taken, OverQuota when the user has too many.</summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="name">From 2.92 on letters, digits and <c>@ . - _</c> and blanks only (schemas/keypairs.py: create_v292).</param>
    /// <param name="publicKey">As in an authorized_keys line.</param>
    /// <param name="type"><c>ssh</c> or <c>x509</c>.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<Keypair> ImportAsync(Scope scope, string name, string publicKey, string type, CancellationToken cancelled)
    {
        var request = ApiRequest.Post(
            "/os-keypairs", new KeypairCreateBody(new KeypairCreate(name, publicKey, type)), ComputeJson.Default.KeypairCreateBody);
        return (await client.SendAsync(scope, request with { Floor = new(2, 2) }, ComputeJson.Default.KeypairBody, cancelled)).Keypair;
    }

    public async Task<Keypair> GetAsync(Scope scope, string name, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(PathOf(name)), ComputeJson.Default.KeypairBody, cancelled)).Keypair;

    public Task DeleteAsync(Scope scope, string name, CancellationToken cancelled) => client.DoAsync(scope, ApiRequest.Delete(PathOf(name)), cancelled);

    /// <summary>All keypairs of the user.</summary>
    public IAsyncEnumerable<Keypair> ListAsync(Scope scope, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get("/os-keypairs"),
            ComputeJson.Default.KeypairPage,
            // nova/api/openstack/compute/views/keypairs.py: ViewBuilder.index wraps each keypair; links since 2.35.
            page => ((IReadOnlyList<Keypair>?)page.Keypairs?.ConvertAll(item => item.Keypair), Paging.Next(page.KeypairsLinks)),
            cancelled);

    private static string PathOf(string name) => $"/os-keypairs/{Uri.EscapeDataString(name)}";
}
