using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Types of groups (3.11).</summary>
public sealed class GroupTypes
{
    private readonly ServiceClient client;

    internal GroupTypes(ServiceClient client) => this.client = client;

    /// <param name="scope">On whose behalf.</param>
    /// <param name="everyone">Also the private ones of all projects; only an administrator gets them (cinder/api/v3/group_types.py: _get_group_types).</param>
    /// <param name="cancelled">Ends the listing.</param>
    public IAsyncEnumerable<GroupType> ListAsync(Scope scope, bool everyone, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get("/group_types", everyone ? "is_public=None" : null) with { Floor = new(3, 11), FloorReason = "types of groups" },
            BlockStorageJson.Default.GroupTypePage,
            page => ((IReadOnlyList<GroupType>?)page.GroupTypes, Paging.Next(page.Links)),
            cancelled);
}
