using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Image;

/// <summary>Glance of one cloud.</summary>
public sealed partial class Images
{
    private const string All = "/images";

    private readonly ServiceClient client;

    internal Images(ServiceClient client) => this.client = client;

    /// <summary>Endpoint.</summary>
    public ServiceClient Service => client;

    public Task<CloudImage> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.SendAsync(scope, ApiRequest.Get(PathOf(id)), ImageJson.Default.CloudImage, cancelled);

    /// <summary>As <see cref="GetAsync"/>, but null when there is none, or none that this project may see.</summary>
    public async Task<CloudImage?> FindAsync(Scope scope, string id, CancellationToken cancelled)
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

    public IAsyncEnumerable<CloudImage> ListAsync(Scope scope, ImageFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get(All, filter.ToQuery()),
            ImageJson.Default.ImagePage,
            page => ((IReadOnlyList<CloudImage>?)page.Images, page.Next),
            cancelled);

    /// <summary>Makes the record, without bytes. Conflict when the id is taken.</summary>
    public Task<CloudImage> CreateAsync(Scope scope, ImageCreate wanted, CancellationToken cancelled) =>
        client.SendAsync(scope, ApiRequest.Post(All, wanted, ImageJson.Default.ImageCreate), ImageJson.Default.CloudImage, cancelled);

    public Task<CloudImage> PatchAsync(Scope scope, string id, IReadOnlyList<ImagePatch> steps, CancellationToken cancelled)
    {
        var request = new ApiRequest(HttpMethod.Patch, PathOf(id))
        {
            Content = () => new JsonBody<List<ImagePatch>>(
                [.. steps], ImageJson.Default.ListImagePatch, "application/openstack-images-v2.1-json-patch"),
        };
        return client.SendAsync(scope, request, ImageJson.Default.CloudImage, cancelled);
    }

    /// <summary>Forbidden when protected, Conflict when in use.</summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => client.DoAsync(scope, ApiRequest.Delete(PathOf(id)), cancelled);

    private static string PathOf(string id) => $"{All}/{Uri.EscapeDataString(id)}";

    private static string FileOf(string id) => PathOf(id) + "/file";
}
