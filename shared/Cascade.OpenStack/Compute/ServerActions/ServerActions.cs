using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>What was asked of a server, and how it ended: os-instance-actions.</summary>
public sealed class ServerActions
{
    private readonly ServiceClient client;

    internal ServerActions(ServiceClient client) => this.client = client;

    /// <summary>Newest first (nova/db/main/api.py: actions_get); without their events.</summary>
    public async Task<IReadOnlyList<ServerActionTaken>> ListAsync(Scope scope, string serverId, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(ServerPaths.Actions(serverId)), ComputeJson.Default.ServerActionPage, cancelled)).Actions;

    /// <summary>One with its events, which an administrator sees in every version, and everybody from 2.51 on (instance_actions.py: show).</summary>
    public async Task<ServerActionTaken> GetAsync(Scope scope, string serverId, string requestId, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(ServerPaths.ActionTaken(serverId, requestId)), ComputeJson.Default.ServerActionBody, cancelled)).Action;
}
