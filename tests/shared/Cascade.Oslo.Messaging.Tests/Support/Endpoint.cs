using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Support;

/// <summary>An endpoint made of one function.</summary>
sealed class Endpoint(Func<RpcRequest, CancellationToken, Task<JsonNode?>> serve) : IRpcEndpoint
{
    public Endpoint(Func<RpcRequest, JsonNode?> serve)
        : this((request, _) => Task.FromResult(serve(request)))
    {
    }

    public Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled) => serve(request, cancelled);
}
