using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Tags of a server (2.26).</summary>
public sealed partial class Servers
{
    private static readonly Microversion TagsSince = new(2, 26);

    public async Task<IReadOnlyList<string>> TagsAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope, ApiRequest.Get(ServerPaths.Tags(id)) with { Floor = TagsSince }, ComputeJson.Default.TagList, cancelled)).Tags;

    /// <summary>Replaces all tags.</summary>
    public async Task<IReadOnlyList<string>> ReplaceTagsAsync(Scope scope, string id, IReadOnlyList<string> tags, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            ApiRequest.Put(ServerPaths.Tags(id), new TagList(tags), ComputeJson.Default.TagList, idempotent: true) with { Floor = TagsSince },
            ComputeJson.Default.TagList,
            cancelled)).Tags;

    /// <summary>Adds one tag; fine when it is there already.</summary>
    public Task AddTagAsync(Scope scope, string id, string tag, CancellationToken cancelled) =>
        client.DoAsync(
            scope, new ApiRequest(HttpMethod.Put, ServerPaths.Tag(id, tag)) { Idempotent = true, Floor = TagsSince }, cancelled);
}
