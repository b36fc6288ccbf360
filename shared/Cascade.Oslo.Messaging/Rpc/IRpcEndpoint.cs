using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>
/// What an <see cref="IRpcServer"/> hands requests to. Called in the order of delivery; it returns its task at once and runs beside the others, so
/// whoever needs order within one thing queues by key before the first await.
/// </summary>
public interface IRpcEndpoint
{
    Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled);
}
