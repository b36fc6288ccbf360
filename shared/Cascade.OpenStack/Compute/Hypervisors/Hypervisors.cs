using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Compute nodes, for administrators.</summary>
public sealed class Hypervisors
{
    private static readonly Microversion LastWithResources = new(2, 87);

    private readonly ServiceClient client;

    internal Hypervisors(ServiceClient client) => this.client = client;

    public IAsyncEnumerable<Hypervisor> ListAsync(Scope scope, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get("/os-hypervisors/detail") with { Floor = new(2, 53), Ceiling = LastWithResources },
            ComputeJson.Default.HypervisorPage,
            page => ((IReadOnlyList<Hypervisor>?)page.Hypervisors, Paging.Next(page.HypervisorsLinks)),
            cancelled);

    public async Task<HypervisorStatistics> StatisticsAsync(Scope scope, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            ApiRequest.Get("/os-hypervisors/statistics") with { Ceiling = LastWithResources },
            ComputeJson.Default.HypervisorStatisticsBody,
            cancelled)).HypervisorStatistics;
}
