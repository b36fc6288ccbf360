using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>The info cache of an instance: where the API takes its <c>addresses</c> from, and nowhere else (nova/objects/instance_info_cache.py).</summary>
internal sealed class InfoCaches(IConductor conductor)
{
    /// <exception cref="Oslo.Wire.Failures.RpcFault">InstanceNotFound: it is deleted.</exception>
    public Task SaveAsync(RpcContext context, string uuid, JsonArray networkInfo, CancellationToken cancelled)
    {
        // A text inside the object (nova/network/model.py: NetworkInfo.json).
        var cache = NovaObjects.Changed(NovaObjects.InstanceInfoCache, new() { ["instance_uuid"] = uuid, ["network_info"] = networkInfo.ToJsonString() });
        return conductor.ObjectActionAsync(context, cache, "save", [], [], cancelled);
    }

    /// <summary>The VIFs of a row that was read with its info cache, in order; a copy.</summary>
    public static JsonArray Of(VersionedObject instance) =>
        instance.Object("info_cache")?.Text("network_info") is { Length: > 0 } text && JsonNode.Parse(text) is JsonArray vifs ? vifs : [];
}
