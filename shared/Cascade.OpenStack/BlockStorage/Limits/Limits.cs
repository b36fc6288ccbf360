using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>What a project may have and has.</summary>
public sealed class Limits
{
    private readonly ServiceClient client;

    internal Limits(ServiceClient client) => this.client = client;

    /// <param name="scope">On whose behalf.</param>
    /// <param name="projectId">
    /// Another project's, for an administrator (3.39); null for the scope's own. Others get their own whatever they ask (cinder/api/v3/limits.py: index).
    /// </param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<BlockStorageLimits> GetAsync(Scope scope, string? projectId, CancellationToken cancelled)
    {
        var request = ApiRequest.Get("/limits", new Query().Add("project_id", projectId).ToString()) with
        {
            Floor = projectId is null ? null : new(3, 39), FloorReason = "limits of another project",
        };
        return (await client.SendAsync(scope, request, BlockStorageJson.Default.LimitsBody, cancelled)).Limits.Absolute;
    }
}
