using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Hosts;

/// <summary>The child keeps a cache of its own: <c>unsupported</c> for each image (nova/compute/manager.py: cache_images).</summary>
internal sealed class CacheImagesHandler : IHandle<CacheImages>
{
    public Task<JsonNode?> HandleAsync(CacheImages call, RpcContext context, CancellationToken cancelled) =>
        Task.FromResult<JsonNode?>(new JsonObject(call.ImageIds.Distinct().Select(image => KeyValuePair.Create(image, (JsonNode?)"unsupported"))));
}
