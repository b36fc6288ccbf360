using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Volumes of Cinder. Every method throws <see cref="CloudFault"/> and nothing else but cancellation.</summary>
public sealed partial class Volumes
{
    private readonly ServiceClient client;

    internal Volumes(ServiceClient client) => this.client = client;

    /// <summary>
    /// Asks for one; sent once and never repeated. 202: it is <c>creating</c>. OverQuota is HTTP 413; a source that is gone is NotFound, one in another state
    /// or larger than asked is Invalid. On a fault with <see cref="CloudFault.ResultUnknown"/> it may exist: look it up by its metadata.
    /// </summary>
    public async Task<Volume> CreateAsync(Scope scope, VolumeCreate wanted, CancellationToken cancelled)
    {
        var (floor, why) = FloorOf(wanted);
        var request = ApiRequest.Post(VolumePaths.All, new VolumeCreateBody(wanted), BlockStorageJson.Default.VolumeCreateBody) with
        {
            Floor = floor, FloorReason = why,
        };
        return (await client.SendAsync(scope, request, BlockStorageJson.Default.VolumeBody, cancelled)).Volume;
    }

    public async Task<Volume> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(VolumePaths.One(id)), BlockStorageJson.Default.VolumeBody, cancelled)).Volume;

    /// <summary>As <see cref="GetAsync"/>, but null when there is none.</summary>
    public Task<Volume?> FindAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.FindAsync(scope, ApiRequest.Get(VolumePaths.One(id)), BlockStorageJson.Default.VolumeBody, body => body.Volume, cancelled);

    /// <summary>Volumes in detail, page after page, newest first unless sorted otherwise.</summary>
    /// <remarks>
    /// What Cinder makes of it, the same from Zed to 2026.1:
    /// <list type="bullet">
    /// <item><c>metadata=</c> finds a volume as soon as its create is over: row and metadata are written in one transaction (cinder/db/api.py:
    /// volume_create).</item>
    /// <item><see cref="VolumeFilter.UpdatedSince"/> is <c>updated_at &gt;= time</c>. A volume that nothing has changed since its create has no
    /// <c>updated_at</c> and matches no time; the scheduler's choice of a host is its first change. Two comparisons in one filter would be joined by OR, not
    /// AND (cinder/db/api.py: _filter_time_comparison), so there is no upper end.</item>
    /// <item>A change of metadata or image metadata alone does not touch <c>updated_at</c>: those are tables of their own (volume_metadata_update).</item>
    /// <item>Deleted volumes never show, whatever the time: only absence tells. For that <see cref="ListBriefAsync"/> is the cheap list.</item>
    /// <item>A page goes on behind its marker as that is by then: sorted by <c>updated_at</c>, a marker that changes meanwhile takes all that lies between with
    /// it. Leave the order as it is, or take a key that never changes, where more than one page may come.</item>
    /// <item>A marker that was deleted meanwhile is 404: list again.</item>
    /// </list>
    /// </remarks>
    public IAsyncEnumerable<Volume> ListAsync(Scope scope, VolumeFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            Listing(VolumePaths.Detail, filter),
            BlockStorageJson.Default.VolumePage,
            page => ((IReadOnlyList<Volume>?)page.Volumes, Paging.Next(page.VolumesLinks)),
            cancelled);

    /// <summary>Ids and names only.</summary>
    public IAsyncEnumerable<ResourceSummary> ListBriefAsync(Scope scope, VolumeFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            Listing(VolumePaths.All, filter),
            BlockStorageJson.Default.VolumeSummaryPage,
            page => ((IReadOnlyList<ResourceSummary>?)page.Volumes, Paging.Next(page.VolumesLinks)),
            cancelled);

    /// <summary>Invalid while the volume is in maintenance. The same again has the same effect.</summary>
    public async Task<Volume> UpdateAsync(Scope scope, string id, VolumeUpdate update, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            ApiRequest.Put(VolumePaths.One(id), new VolumeUpdateBody(update), BlockStorageJson.Default.VolumeUpdateBody, idempotent: true),
            BlockStorageJson.Default.VolumeBody,
            cancelled)).Volume;

    /// <summary>
    /// Asks for deletion; NotFound when it is gone. Invalid (400) when its status does not allow it: attached, creating, in a group, with snapshots.
    /// </summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The volume.</param>
    /// <param name="cascade">With its snapshots. Invalid when one of them is neither <c>available</c> nor <c>error</c>.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public Task DeleteAsync(Scope scope, string id, bool cascade, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(VolumePaths.One(id)) with { Query = cascade ? "cascade=true" : null }, cancelled);

    /// <summary>Without its snapshots.</summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => DeleteAsync(scope, id, cascade: false, cancelled);

    private static ApiRequest Listing(string path, VolumeFilter filter) =>
        ApiRequest.Get(path, filter.ToQuery()) with { Floor = filter.Floor, FloorReason = "this filter" };

    // Below 3.53 a member that is not known is left out without a word (cinder/api/schemas/volumes.py: additionalProperties).
    private static (Microversion? Floor, string? Why) FloorOf(VolumeCreate wanted) =>
        wanted.BackupId is not null ? (new Microversion(3, 47), "a volume from a backup")
        : wanted.GroupId is not null ? (new Microversion(3, 13), "a volume in a group")
        : (null, null);
}
