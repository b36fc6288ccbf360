using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>The services that make up Cinder.</summary>
public sealed class BlockStorageServices
{
    private readonly ServiceClient client;

    internal BlockStorageServices(ServiceClient client) => this.client = client;

    /// <param name="scope">An administrator's.</param>
    /// <param name="binary">For instance <c>cinder-volume</c>; null for all.</param>
    /// <param name="host">Null for all.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<IReadOnlyList<BlockStorageService>> ListAsync(Scope scope, string? binary, string? host, CancellationToken cancelled)
    {
        var request = ApiRequest.Get("/os-services", new Query().Add("binary", binary).Add("host", host).ToString());
        return (await client.SendAsync(scope, request, BlockStorageJson.Default.ServiceList, cancelled)).Services ?? [];
    }
}
