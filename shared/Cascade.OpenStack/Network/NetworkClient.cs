using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Neutron of one cloud: the little that is needed so far.</summary>
public sealed class NetworkClient
{
    internal NetworkClient(ServiceClient service) => Service = service;

    /// <summary>Endpoint.</summary>
    public ServiceClient Service { get; }

    /// <param name="scope">On whose behalf.</param>
    /// <param name="deviceId">A server's id; null for all ports in sight.</param>
    /// <param name="cancelled">Ends the listing.</param>
    public IAsyncEnumerable<Port> PortsAsync(Scope scope, string? deviceId, CancellationToken cancelled) =>
        Service.PagesAsync(
            scope,
            ApiRequest.Get("/ports", new Query().Add("device_id", deviceId).ToString()),
            NetworkJson.Default.PortPage,
            page => ((IReadOnlyList<Port>?)page.Ports, Paging.Next(page.PortsLinks)),
            cancelled);

    public async Task<Port> PortAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await Service.SendAsync(scope, ApiRequest.Get($"/ports/{Uri.EscapeDataString(id)}"), NetworkJson.Default.PortBody, cancelled)).Port;

    public IAsyncEnumerable<NetworkInfo> NetworksAsync(Scope scope, string? name, CancellationToken cancelled) =>
        Service.PagesAsync(
            scope,
            ApiRequest.Get("/networks", new Query().Add("name", name).ToString()),
            NetworkJson.Default.NetworkPage,
            page => ((IReadOnlyList<NetworkInfo>?)page.Networks, Paging.Next(page.NetworksLinks)),
            cancelled);
}
