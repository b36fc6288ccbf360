using System.Text.Json.Nodes;
using Cascade.Mirror;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers;

/// <summary>
/// The link from an instance to its server, in the instance's <c>system_metadata</c>, which no tenant can write. With it goes the id of the request
/// that asked for the build, so that a later life can finish the event it began.
/// </summary>
internal sealed class ServerLink(Instances instances, LinkBook book, RpcContext context, VersionedObject instance) : ILink
{
    public const string Key = OwnUseOfInstances.LinkKey;

    public const string RequestKey = "cascade_request_id";

    public string? ChildId => Of(instance);

    public static string? Of(VersionedObject instance) => Text(instance, Key);

    /// <summary>The request that asked for the build.</summary>
    public static string? RequestOf(VersionedObject instance) => Text(instance, RequestKey);

    /// <summary>No expectation of the task state: a server that exists is linked even while its instance is being deleted, for then it is found.</summary>
    public async Task SetAsync(string childId, CancellationToken cancelled)
    {
        var uuid = instance.Text("uuid")!;
        await instances.SaveSystemMetadataAsync(
            context,
            uuid,
            metadata =>
            {
                metadata[Key] = childId;
                metadata[RequestKey] = context.RequestId;
            },
            [],
            null,
            cancelled);
        book.Set(childId, uuid);
    }

    public static void Remove(JsonObject metadata)
    {
        metadata.Remove(Key);
        metadata.Remove(RequestKey);
    }

    static string? Text(VersionedObject instance, string key) =>
        instance.Data["system_metadata"] is JsonObject metadata && metadata[key] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            ? text
            : null;
}
