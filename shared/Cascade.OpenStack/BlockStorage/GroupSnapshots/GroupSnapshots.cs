using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Snapshots of groups (3.14). Every method throws <see cref="CloudFault"/> and nothing else but cancellation.</summary>
public sealed class GroupSnapshots
{
    private const string All = "/group_snapshots";

    private readonly ServiceClient client;

    internal GroupSnapshots(ServiceClient client) => this.client = client;

    /// <summary>Sent once; it and a snapshot of each volume are <c>creating</c>. Invalid when a volume's state does not allow it; OverQuota.</summary>
    public async Task<ResourceSummary> CreateAsync(Scope scope, GroupSnapshotCreate wanted, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            Versioned(ApiRequest.Post(All, new GroupSnapshotCreateBody(wanted), BlockStorageJson.Default.GroupSnapshotCreateBody)),
            BlockStorageJson.Default.GroupSnapshotMadeBody,
            cancelled)).GroupSnapshot;

    /// <summary>Null when there is none.</summary>
    public Task<GroupSnapshot?> FindAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.FindAsync(
            scope, Versioned(ApiRequest.Get(PathOf(id))), BlockStorageJson.Default.GroupSnapshotBody, body => body.GroupSnapshot, cancelled);

    /// <summary>In detail, page after page.</summary>
    public IAsyncEnumerable<GroupSnapshot> ListAsync(Scope scope, GroupSnapshotFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get(All + "/detail", filter.ToQuery()) with { Floor = new(3, 29), FloorReason = "a list of group snapshots" },
            BlockStorageJson.Default.GroupSnapshotPage,
            page => ((IReadOnlyList<GroupSnapshot>?)page.GroupSnapshots, Paging.Next(page.Links)),
            cancelled);

    /// <summary>
    /// Asks for deletion, of its snapshots too; NotFound when it is gone. Invalid unless <c>available</c> or <c>error</c>, or while a group is made of it.
    /// </summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => client.DoAsync(scope, Versioned(ApiRequest.Delete(PathOf(id))), cancelled);

    private static ApiRequest Versioned(ApiRequest request) => request with { Floor = new(3, 14), FloorReason = "snapshots of groups" };

    private static string PathOf(string id) => $"{All}/{Uri.EscapeDataString(id)}";
}
