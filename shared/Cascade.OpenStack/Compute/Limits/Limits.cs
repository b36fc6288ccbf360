using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>What a project may have and has.</summary>
public sealed class Limits
{
    private readonly ServiceClient client;

    internal Limits(ServiceClient client) => this.client = client;

    /// <param name="scope">On whose behalf.</param>
    /// <param name="projectId">Another project's, for an administrator; null for the scope's own.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<AbsoluteLimits> GetAsync(Scope scope, string? projectId, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            ApiRequest.Get("/limits", new Query().Add("tenant_id", projectId).ToString()),
            ComputeJson.Default.LimitsBody,
            cancelled)).Limits.Absolute;
}
