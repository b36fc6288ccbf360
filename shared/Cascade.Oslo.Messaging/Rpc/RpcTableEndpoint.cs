using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Rpc;

sealed class RpcTableEndpoint(RpcTable table, IServiceProvider services) : IRpcEndpoint
{
    public Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled) => table.Find(request)(services, request, cancelled);
}
