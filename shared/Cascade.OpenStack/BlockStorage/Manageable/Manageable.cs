using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// What backends have that could be taken over (3.8); for administrators. One page of at most <c>osapi_max_limit</c>: these lists have no next link, a driver
/// is asked for each anew. Unavailable or Invalid where a driver has no such list.
/// </summary>
public sealed class Manageable
{
    private readonly ServiceClient client;

    internal Manageable(ServiceClient client) => this.client = client;

    /// <param name="scope">An administrator's.</param>
    /// <param name="host">The backend: <c>host@backend#pool</c>.</param>
    /// <param name="offset">How many to leave out, by reference.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<IReadOnlyList<ManageableVolume>> VolumesAsync(Scope scope, string host, int offset, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope, Listing("/manageable_volumes/detail", host, offset), BlockStorageJson.Default.ManageableVolumeList, cancelled)).Volumes ?? [];

    /// <param name="scope">An administrator's.</param>
    /// <param name="host">The backend: <c>host@backend#pool</c>.</param>
    /// <param name="offset">How many to leave out, by reference.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<IReadOnlyList<ManageableSnapshot>> SnapshotsAsync(Scope scope, string host, int offset, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope, Listing("/manageable_snapshots/detail", host, offset), BlockStorageJson.Default.ManageableSnapshotList, cancelled)).Snapshots ?? [];

    private static ApiRequest Listing(string path, string host, int offset) =>
        ApiRequest.Get(path, new Query().Add("host", host).Add("offset", offset is 0 ? null : offset).ToString()) with
        {
            Floor = new(3, 8), FloorReason = "a list of what a backend has",
        };
}
