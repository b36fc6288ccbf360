using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Groups of volumes (3.13). Every method throws <see cref="CloudFault"/> and nothing else but cancellation.</summary>
public sealed class Groups
{
    private const string All = "/groups";
    private const string WithVolumes = "list_volume=true";

    private static readonly Microversion Since = new(3, 13);

    private readonly ServiceClient client;

    internal Groups(ServiceClient client) => this.client = client;

    /// <summary>Sent once; the group is <c>creating</c> and empty. NotFound for types that are not there; OverQuota.</summary>
    public async Task<ResourceSummary> CreateAsync(Scope scope, GroupCreate wanted, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            Versioned(ApiRequest.Post(All, new GroupCreateBody(wanted), BlockStorageJson.Default.GroupCreateBody)),
            BlockStorageJson.Default.GroupMadeBody,
            cancelled)).Group;

    /// <summary>
    /// With a copy of each volume of the source (3.14); sent once. Group and volumes are <c>creating</c>; the volumes are found by the group
    /// and know their <c>snapshot_id</c> or <c>source_volid</c>. Invalid for an empty source.
    /// </summary>
    public async Task<ResourceSummary> CreateFromSourceAsync(Scope scope, GroupCreateFromSource wanted, CancellationToken cancelled)
    {
        var action = new GroupAction { CreateFromSource = wanted };
        var request = ApiRequest.Post(All + "/action", action, BlockStorageJson.Default.GroupAction) with
        {
            Floor = new(3, 14), FloorReason = "a group from a source",
        };
        return (await client.SendAsync(scope, request, BlockStorageJson.Default.GroupMadeBody, cancelled)).Group;
    }

    public async Task<Group> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, Versioned(ApiRequest.Get(PathOf(id), WithVolumes)), BlockStorageJson.Default.GroupBody, cancelled)).Group;

    /// <summary>As <see cref="GetAsync"/>, but null when there is none.</summary>
    public Task<Group?> FindAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.FindAsync(scope, Versioned(ApiRequest.Get(PathOf(id), WithVolumes)), BlockStorageJson.Default.GroupBody, body => body.Group, cancelled);

    /// <summary>Groups in detail, without their volumes, page after page.</summary>
    public IAsyncEnumerable<Group> ListAsync(Scope scope, GroupFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            Versioned(ApiRequest.Get(All + "/detail", filter.ToQuery())),
            BlockStorageJson.Default.GroupPage,
            page => ((IReadOnlyList<Group>?)page.Groups, Paging.Next(page.Links)),
            cancelled);

    /// <summary>
    /// <c>updating</c> while volumes come or go. Invalid for a volume in another status than <c>available</c> or <c>in-use</c>, of a type that is not the
    /// group's, of another backend, or in another group. Sent once: a volume that is in it already is left out, and when nothing is left to do that is
    /// Invalid too (cinder/group/api.py: update).
    /// </summary>
    public Task UpdateAsync(Scope scope, string id, GroupUpdate update, CancellationToken cancelled)
    {
        var change = new GroupChange(update.Name, update.Description, Joined(update.AddVolumes), Joined(update.RemoveVolumes));
        return client.DoAsync(
            scope, Versioned(ApiRequest.Put(PathOf(id), new GroupUpdateBody(change), BlockStorageJson.Default.GroupUpdateBody, idempotent: false)), cancelled);
    }

    /// <summary>
    /// Asks for deletion; NotFound when it is gone. Invalid with group snapshots, with volumes in it unless they are to be deleted too, with an attached
    /// volume or one with snapshots. May be repeated.
    /// </summary>
    public Task DeleteAsync(Scope scope, string id, bool deleteVolumes, CancellationToken cancelled) =>
        client.DoAsync(scope, Versioned(Acting(id, new() { Delete = new(deleteVolumes) })), cancelled);

    /// <summary>Writes over the status (3.20); for administrators. May be repeated.</summary>
    public Task ResetStatusAsync(Scope scope, string id, string status, CancellationToken cancelled) =>
        client.DoAsync(scope, Acting(id, new() { ResetStatus = new(status) }) with { Floor = new(3, 20), FloorReason = "the status of a group" }, cancelled);

    private static ApiRequest Acting(string id, GroupAction action) =>
        ApiRequest.Post(PathOf(id) + "/action", action, BlockStorageJson.Default.GroupAction) with { Idempotent = true };

    private static ApiRequest Versioned(ApiRequest request) => request with { Floor = Since, FloorReason = "groups of volumes" };

    private static string? Joined(IReadOnlyList<string>? ids) => ids is { Count: > 0 } ? string.Join(',', ids) : null;

    private static string PathOf(string id) => $"{All}/{Uri.EscapeDataString(id)}";
}

/// <summary>Which groups to list.</summary>
public sealed record GroupFilter : ResourceFilter;
