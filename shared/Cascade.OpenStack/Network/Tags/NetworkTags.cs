using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Tags of anything that has standard attributes (neutron/extensions/tagging.py): at most 60 characters each. They are no part of a create call.
/// </summary>
public sealed class NetworkTags
{
    private readonly ServiceClient client;

    internal NetworkTags(ServiceClient client) => this.client = client;

    /// <param name="scope">The owner's or an administrator's.</param>
    /// <param name="collection">As in the path: <c>ports</c>, <c>networks</c>, <c>security-groups</c>, …</param>
    /// <param name="id">Of what.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public Task<IReadOnlyList<string>> GetAsync(Scope scope, string collection, string id, CancellationToken cancelled) =>
        AskAsync(scope, ApiRequest.Get(PathOf(collection, id)), cancelled);

    /// <summary>Replaces all tags.</summary>
    public Task<IReadOnlyList<string>> ReplaceAsync(Scope scope, string collection, string id, IReadOnlyList<string> tags, CancellationToken cancelled) =>
        AskAsync(scope, ApiRequest.Put(PathOf(collection, id), new TagNames(tags), NetworkJson.Default.TagNames, idempotent: true), cancelled);

    /// <summary>Adds one; fine when it is there.</summary>
    public Task AddAsync(Scope scope, string collection, string id, string tag, CancellationToken cancelled) =>
        client.DoAsync(scope, new ApiRequest(HttpMethod.Put, PathOf(collection, id, tag)) { Idempotent = true }, cancelled);

    /// <summary>NotFound (TagNotFound) when it is not there.</summary>
    public Task DeleteAsync(Scope scope, string collection, string id, string tag, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(PathOf(collection, id, tag)), cancelled);

    private async Task<IReadOnlyList<string>> AskAsync(Scope scope, ApiRequest request, CancellationToken cancelled) =>
        (await client.SendAsync(scope, request, NetworkJson.Default.TagNames, cancelled)).Tags;

    private static string PathOf(string collection, string id) => $"/{collection}/{Uri.EscapeDataString(id)}/tags";

    private static string PathOf(string collection, string id, string tag) => $"{PathOf(collection, id)}/{Uri.EscapeDataString(tag)}";
}

internal sealed record TagNames(IReadOnlyList<string> Tags);
