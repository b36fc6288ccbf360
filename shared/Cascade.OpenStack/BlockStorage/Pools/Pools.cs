using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Pools of storage, for administrators: others are Forbidden.</summary>
public sealed class Pools
{
    private readonly ServiceClient client;

    internal Pools(ServiceClient client) => this.client = client;

    /// <summary>With their capabilities. Cinder's API asks a scheduler for them, so without one this is Unavailable.</summary>
    /// <param name="scope">An administrator's.</param>
    /// <param name="volumeType">
    /// Only those that may take volumes of this type, by name or id (3.35: below it all of them would come). NotFound when there is no such type.
    /// </param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<IReadOnlyList<Pool>> ListAsync(Scope scope, string? volumeType, CancellationToken cancelled)
    {
        var request = ApiRequest.Get("/scheduler-stats/get_pools", new Query().Add("detail", "True").Add("volume_type", volumeType).ToString()) with
        {
            Floor = volumeType is null ? null : new(3, 35), FloorReason = "pools by volume type",
        };
        return (await client.SendAsync(scope, request, BlockStorageJson.Default.PoolList, cancelled)).Pools ?? [];
    }
}
