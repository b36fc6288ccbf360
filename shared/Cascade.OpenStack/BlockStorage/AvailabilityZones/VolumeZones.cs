using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Availability zones of volumes: os-availability-zone.</summary>
public sealed class VolumeZones
{
    private readonly ServiceClient client;

    internal VolumeZones(ServiceClient client) => this.client = client;

    /// <summary>Everybody may ask.</summary>
    public async Task<IReadOnlyList<VolumeZone>> ListAsync(Scope scope, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get("/os-availability-zone"), BlockStorageJson.Default.VolumeZoneList, cancelled)).Zones ?? [];
}
