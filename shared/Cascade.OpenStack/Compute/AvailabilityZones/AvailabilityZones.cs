using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Availability zones of the hosts: os-availability-zone.</summary>
public sealed class AvailabilityZones
{
    private readonly ServiceClient client;

    internal AvailabilityZones(ServiceClient client) => this.client = client;

    /// <summary>Everybody may ask. The zone of services that are no nova-compute (<c>internal</c>) is not among them.</summary>
    public async Task<IReadOnlyList<AvailabilityZone>> ListAsync(Scope scope, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get("/os-availability-zone"), ComputeJson.Default.AvailabilityZonePage, cancelled)).Zones ?? [];
}
