using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Snapshots of Cinder. Every method throws <see cref="CloudFault"/> and nothing else but cancellation.</summary>
public sealed class Snapshots
{
    private const string All = "/snapshots";

    private readonly ServiceClient client;

    internal Snapshots(ServiceClient client) => this.client = client;

    /// <summary>
    /// Takes one, also of a volume in use; sent once and never repeated. 202: it is <c>creating</c>. Invalid for a volume in another status, migrating, or in
    /// maintenance; OverQuota. On a fault with <see cref="CloudFault.ResultUnknown"/> it may exist: look it up by its metadata.
    /// </summary>
    public async Task<Snapshot> CreateAsync(Scope scope, SnapshotCreate wanted, CancellationToken cancelled)
    {
        var body = new SnapshotCreateBody(new(wanted.VolumeId, wanted.Name, wanted.Description, wanted.Metadata, Force: true));
        return (await client.SendAsync(
            scope, ApiRequest.Post(All, body, BlockStorageJson.Default.SnapshotCreateBody), BlockStorageJson.Default.SnapshotBody, cancelled)).Snapshot;
    }

    public async Task<Snapshot> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(PathOf(id)), BlockStorageJson.Default.SnapshotBody, cancelled)).Snapshot;

    /// <summary>As <see cref="GetAsync"/>, but null when there is none.</summary>
    public Task<Snapshot?> FindAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.FindAsync(scope, ApiRequest.Get(PathOf(id)), BlockStorageJson.Default.SnapshotBody, body => body.Snapshot, cancelled);

    /// <summary>
    /// Snapshots in detail, page after page, newest first unless sorted otherwise. As to pages and markers see <see cref="Volumes.ListAsync"/>.
    /// </summary>
    public IAsyncEnumerable<Snapshot> ListAsync(Scope scope, SnapshotFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get(All + "/detail", filter.ToQuery()) with { Floor = filter.Floor, FloorReason = "a filter of snapshots by metadata" },
            BlockStorageJson.Default.SnapshotPage,
            page => ((IReadOnlyList<Snapshot>?)page.Snapshots, Paging.Next(page.SnapshotsLinks)),
            cancelled);

    /// <summary>The same again has the same effect.</summary>
    public async Task<Snapshot> UpdateAsync(Scope scope, string id, SnapshotUpdate update, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            ApiRequest.Put(PathOf(id), new SnapshotUpdateBody(update), BlockStorageJson.Default.SnapshotUpdateBody, idempotent: true),
            BlockStorageJson.Default.SnapshotBody,
            cancelled)).Snapshot;

    /// <summary>
    /// Asks for deletion; NotFound when it is gone. Invalid (400) unless <c>available</c> or <c>error</c>, and when it is part of a group snapshot. A backend
    /// that finds it busy puts it back to <c>available</c> later (cinder/volume/manager.py: delete_snapshot).
    /// </summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => client.DoAsync(scope, ApiRequest.Delete(PathOf(id)), cancelled);

    /// <summary>In whatever status; for administrators. NotFound when it is gone. May be repeated.</summary>
    public Task ForceDeleteAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new() { ForceDelete = new() }, cancelled);

    /// <summary>Writes over the status without looking at the backend; for administrators. May be repeated.</summary>
    public Task ResetStatusAsync(Scope scope, string id, string status, CancellationToken cancelled) =>
        ActAsync(scope, id, new() { ResetStatus = new(status) }, cancelled);

    /// <summary>Sets these items and leaves others alone. May be repeated.</summary>
    public Task SetMetadataAsync(Scope scope, string id, IReadOnlyDictionary<string, string> metadata, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            // cinder/api/v3/snapshot_metadata.py: create merges.
            ApiRequest.Post(PathOf(id) + "/metadata", new MetadataBody(metadata), BlockStorageJson.Default.MetadataBody) with { Idempotent = true },
            cancelled);

    /// <summary>Takes one metadata item away; NotFound when it is not there.</summary>
    public Task DeleteMetadataAsync(Scope scope, string id, string key, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete($"{PathOf(id)}/metadata/{Uri.EscapeDataString(key)}"), cancelled);

    private Task ActAsync(Scope scope, string id, SnapshotAction action, CancellationToken cancelled) =>
        client.DoAsync(
            scope, ApiRequest.Post(PathOf(id) + "/action", action, BlockStorageJson.Default.SnapshotAction) with { Idempotent = true }, cancelled);

    private static string PathOf(string id) => $"{All}/{Uri.EscapeDataString(id)}";
}
