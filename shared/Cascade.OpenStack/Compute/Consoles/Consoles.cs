using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Remote consoles (2.6).</summary>
public sealed class Consoles
{
    private readonly ServiceClient client;

    internal Consoles(ServiceClient client) => this.client = client;

    /// <summary>A URL, with its secret, under which the server's console can be seen for a while.</summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="serverId">The server.</param>
    /// <param name="protocol"><c>vnc</c>, <c>spice</c>, <c>serial</c>, <c>mks</c>.</param>
    /// <param name="type"><c>novnc</c>, <c>spice-html5</c>, <c>serial</c>, <c>webmks</c> …</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<RemoteConsole> CreateAsync(Scope scope, string serverId, string protocol, string type, CancellationToken cancelled)
    {
        var body = new ConsoleCreateBody(new ConsoleCreate(protocol, type));
        var request = ApiRequest.Post(ServerPaths.Consoles(serverId), body, ComputeJson.Default.ConsoleCreateBody) with
        {
            // nova/api/openstack/compute/schemas/remote_consoles.py: create_v28, create_v299.
            Floor = type is "spice-direct" ? new(2, 99) : protocol is "mks" ? new(2, 8) : new(2, 6),
            FloorReason = $"a {type} console",
        };
        return (await client.SendAsync(scope, request, ComputeJson.Default.ConsoleBody, cancelled)).RemoteConsole;
    }
}
