using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Snapshots of Cinder. Every method throws <see cref="CloudFault"/> and nothing else but cancellation.</summary>
public sealed class Snapshots
{
    private readonly ServiceClient client;

    internal Snapshots(ServiceClient client) => this.client = client;

    public async Task<Snapshot> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get($"/snapshots/{Uri.EscapeDataString(id)}"), BlockStorageJson.Default.SnapshotBody, cancelled)).Snapshot;
}
