using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>The services that make up Nova.</summary>
public sealed class Services
{
    private readonly ServiceClient client;

    internal Services(ServiceClient client) => this.client = client;

    /// <param name="scope">An administrator's.</param>
    /// <param name="binary">For instance <c>nova-compute</c>; null for all.</param>
    /// <param name="host">Null for all.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<IReadOnlyList<ComputeService>> ListAsync(Scope scope, string? binary, string? host, CancellationToken cancelled)
    {
        var request = ApiRequest.Get("/os-services", new Query().Add("binary", binary).Add("host", host).ToString());
        // 2.53: ids are UUIDs.
        return (await client.SendAsync(scope, request with { Floor = new(2, 53) }, ComputeJson.Default.ServicePage, cancelled)).Services ?? [];
    }
}
