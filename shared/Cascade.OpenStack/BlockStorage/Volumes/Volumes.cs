using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Volumes of Cinder. Every method throws <see cref="CloudFault"/> and nothing else but cancellation.</summary>
public sealed partial class Volumes
{
    private readonly ServiceClient client;

    internal Volumes(ServiceClient client) => this.client = client;

    /// <summary>Asks for one; sent once and never repeated. 202: it is <c>creating</c>. OverQuota is HTTP 413.</summary>
    public async Task<Volume> CreateAsync(Scope scope, VolumeCreate wanted, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            ApiRequest.Post(VolumePaths.All, new VolumeCreateBody(wanted), BlockStorageJson.Default.VolumeCreateBody),
            BlockStorageJson.Default.VolumeBody,
            cancelled)).Volume;

    public async Task<Volume> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(VolumePaths.One(id)), BlockStorageJson.Default.VolumeBody, cancelled)).Volume;

    /// <summary>As <see cref="GetAsync"/>, but null when there is none.</summary>
    public async Task<Volume?> FindAsync(Scope scope, string id, CancellationToken cancelled)
    {
        try
        {
            return await GetAsync(scope, id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Volumes in detail, page after page.</summary>
    public IAsyncEnumerable<Volume> ListAsync(Scope scope, VolumeFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get(VolumePaths.Detail, filter.ToQuery()),
            BlockStorageJson.Default.VolumePage,
            page => ((IReadOnlyList<Volume>?)page.Volumes, Paging.Next(page.VolumesLinks)),
            cancelled);

    /// <summary>Asks for deletion; NotFound when it is gone. Invalid (400) when its status does not allow it: attached, creating, with snapshots.</summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => client.DoAsync(scope, ApiRequest.Delete(VolumePaths.One(id)), cancelled);

    /// <summary>Takes one metadata item away; NotFound when it is not there.</summary>
    public Task DeleteMetadataAsync(Scope scope, string id, string key, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(VolumePaths.Metadata(id, key)), cancelled);
}
