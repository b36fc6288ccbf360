using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Quotas by project: os-quota-sets. Other projects' are for administrators.</summary>
public sealed class QuotaSets
{
    private readonly ServiceClient client;

    internal QuotaSets(ServiceClient client) => this.client = client;

    public async Task<QuotaSet> GetAsync(Scope scope, string projectId, CancellationToken cancelled)
    {
        var request = ApiRequest.Get(PathOf(projectId), "usage=True");
        return new((await client.SendAsync(scope, request, BlockStorageJson.Default.QuotaSetBody, cancelled)).QuotaSet);
    }

    /// <summary>
    /// Sets these limits and leaves others alone. Invalid for a resource that the cloud does not know, and for a limit below what is in use. May be repeated.
    /// </summary>
    public Task UpdateAsync(Scope scope, string projectId, IReadOnlyDictionary<string, int> limits, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            ApiRequest.Put(PathOf(projectId), new QuotaSetUpdateBody(limits), BlockStorageJson.Default.QuotaSetUpdateBody, idempotent: true),
            cancelled);

    private static string PathOf(string projectId) => $"/os-quota-sets/{Uri.EscapeDataString(projectId)}";
}
