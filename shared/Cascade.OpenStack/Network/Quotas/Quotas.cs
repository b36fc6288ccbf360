using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Quotas by project; other projects' are for administrators.</summary>
public sealed class Quotas
{
    private readonly ServiceClient client;

    internal Quotas(ServiceClient client) => this.client = client;

    public Task<Quota> GetAsync(Scope scope, string projectId, CancellationToken cancelled) =>
        OneAsync(scope, ApiRequest.Get(PathOf(projectId)), cancelled);

    /// <summary>Sets what is said. A resource that the cloud does not know is 400, so leave out what it has no extension for.</summary>
    public Task<Quota> UpdateAsync(Scope scope, string projectId, Quota quota, CancellationToken cancelled) =>
        OneAsync(
            scope,
            new ApiRequest(HttpMethod.Put, PathOf(projectId)) { Content = () => Envelope.Of("quota", quota, NetworkJson.Default.Quota), Idempotent = true },
            cancelled);

    /// <summary>Back to the cloud's default.</summary>
    public Task DeleteAsync(Scope scope, string projectId, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(PathOf(projectId)), cancelled);

    private Task<Quota> OneAsync(Scope scope, ApiRequest request, CancellationToken cancelled) =>
        client.SendAsync(scope, request, body => Envelope.Read(body, "quota", NetworkJson.Default.Quota), cancelled);

    private static string PathOf(string projectId) => $"/quotas/{Uri.EscapeDataString(projectId)}";
}
