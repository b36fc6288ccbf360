using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Bindings of a port to hosts, for administrators (neutron/plugins/ml2/plugin.py: create_port_binding, activate, delete_port_binding). Needs
/// <see cref="Extension.PortBindingsExtended"/>.
/// </summary>
public sealed class PortBindings
{
    private readonly ServiceClient client;

    internal PortBindings(ServiceClient client) => this.client = client;

    public Task<IReadOnlyList<PortBinding>> ListAsync(Scope scope, string portId, CancellationToken cancelled) =>
        client.SendAsync<IReadOnlyList<PortBinding>>(
            scope,
            ApiRequest.Get(PathOf(portId)),
            body => Envelope.ReadAll(body, "bindings", NetworkJson.Default.PortBinding).Items,
            cancelled);

    /// <summary>Conflict <see cref="NetworkError.PortBindingAlreadyExists"/> when the port has one there.</summary>
    public Task<PortBinding> CreateAsync(Scope scope, string portId, PortBindingCreate wanted, CancellationToken cancelled)
    {
        var request = new ApiRequest(HttpMethod.Post, PathOf(portId))
        {
            Content = () => Envelope.Of("binding", wanted, NetworkJson.Default.PortBindingCreate),
        };
        return client.SendAsync(scope, request, body => Envelope.Read(body, "binding", NetworkJson.Default.PortBinding), cancelled);
    }

    /// <summary>Conflict <see cref="NetworkError.PortBindingAlreadyActive"/> when it is.</summary>
    public Task ActivateAsync(Scope scope, string portId, string host, CancellationToken cancelled) =>
        client.DoAsync(scope, new ApiRequest(HttpMethod.Put, $"{PathOf(portId, host)}/activate"), cancelled);

    public Task DeleteAsync(Scope scope, string portId, string host, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(PathOf(portId, host)), cancelled);

    private static string PathOf(string portId) => $"/ports/{Uri.EscapeDataString(portId)}/bindings";

    private static string PathOf(string portId, string host) => $"{PathOf(portId)}/{Uri.EscapeDataString(host)}";
}
