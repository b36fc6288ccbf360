using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Server groups: os-server-groups, from 2.64 on with one policy.</summary>
public sealed class ServerGroups
{
    private static readonly Microversion Floor = new(2, 64);

    private readonly ServiceClient client;

    internal ServerGroups(ServiceClient client) => this.client = client;

    /// <summary>Those of the token's project.</summary>
    public Task<IReadOnlyList<ServerGroup>> ListAsync(Scope scope, CancellationToken cancelled) => ListAsync(scope, null, cancelled);

    /// <summary>Everybody's, for administrators.</summary>
    public Task<IReadOnlyList<ServerGroup>> ListAllAsync(Scope scope, CancellationToken cancelled) => ListAsync(scope, "all_projects=true", cancelled);

    /// <summary>Sent once; the name is not unique, so look for it when the answer is lost. Forbidden over quota.</summary>
    public async Task<ServerGroup> CreateAsync(Scope scope, string name, string policy, CancellationToken cancelled)
    {
        var request = ApiRequest.Post("/os-server-groups", new ServerGroupCreateBody(new(name, policy)), ComputeJson.Default.ServerGroupCreateBody);
        return (await client.SendAsync(scope, request with { Floor = Floor }, ComputeJson.Default.ServerGroupBody, cancelled)).ServerGroup;
    }

    /// <summary>Its servers stay. NotFound when it is gone.</summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete($"/os-server-groups/{Uri.EscapeDataString(id)}"), cancelled);

    private async Task<IReadOnlyList<ServerGroup>> ListAsync(Scope scope, string? query, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope, ApiRequest.Get("/os-server-groups", query) with { Floor = Floor }, ComputeJson.Default.ServerGroupPage, cancelled)).ServerGroups ?? [];
}
