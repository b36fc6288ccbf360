using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>What was asked of servers and how it went: the only place where a cloud says why a server is as it was before.</summary>
public sealed class InstanceActions
{
    private readonly ServiceClient client;

    internal InstanceActions(ServiceClient client) => this.client = client;

    /// <summary>Newest first (nova/db/main/api.py: actions_get), without events. NotFound when the server is.</summary>
    public async Task<IReadOnlyList<InstanceAction>> ListAsync(Scope scope, string serverId, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(ServerPaths.InstanceActions(serverId)), ComputeJson.Default.InstanceActionPage, cancelled)).Actions ?? [];

    /// <summary>One, with its events.</summary>
    public async Task<InstanceAction> GetAsync(Scope scope, string serverId, string requestId, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope, ApiRequest.Get(ServerPaths.InstanceAction(serverId, requestId)), ComputeJson.Default.InstanceActionBody, cancelled)).Action;
}
