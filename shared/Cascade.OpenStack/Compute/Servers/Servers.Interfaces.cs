using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Interfaces of a server that is there: os-interface.</summary>
public sealed partial class Servers
{
    /// <summary>What Neutron says of the ports whose device this server is.</summary>
    public async Task<IReadOnlyList<InterfaceAttachment>> InterfacesAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(ServerPaths.Interfaces(id)), ComputeJson.Default.InterfaceList, cancelled)).Attachments;

    /// <summary>
    /// Plugs an existing port into the server, running or not, and answers when it is plugged. Sent once. Conflict when the port has a device
    /// already (PortInUse) or the server's state does not allow it.
    /// </summary>
    /// <param name="scope">On whose behalf; the port must be of the server's project (nova/network/neutron.py: _validate_requested_port_ids).</param>
    /// <param name="id">The server.</param>
    /// <param name="portId">The port.</param>
    /// <param name="tag">2.49; null for none.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<InterfaceAttachment> AttachInterfaceAsync(Scope scope, string id, string portId, string? tag, CancellationToken cancelled)
    {
        var request = ApiRequest.Post(ServerPaths.Interfaces(id), new InterfaceAttachBody(new(portId, tag)), ComputeJson.Default.InterfaceAttachBody) with
        {
            Floor = tag is null ? null : new(2, 49),
            FloorReason = "a tag of an interface",
        };
        return (await client.SendAsync(scope, request, ComputeJson.Default.InterfaceBody, cancelled)).Attachment;
    }

    /// <summary>Asks for the port to be unplugged: 202, it goes in the background. NotFound when the server does not have it.</summary>
    public Task DetachInterfaceAsync(Scope scope, string id, string portId, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(ServerPaths.Interface(id, portId)), cancelled);
}
