using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Hosts;

/// <summary>nova/baserpc.py: BaseRPCAPI.</summary>
internal sealed class PingHandler : IHandle<Ping>, IHandle<GetBackdoorPort>
{
    public Task<JsonNode?> HandleAsync(Ping call, RpcContext context, CancellationToken cancelled) =>
        Task.FromResult<JsonNode?>(new JsonObject { ["service"] = "compute", ["arg"] = call.Arg?.DeepClone() });

    public Task<JsonNode?> HandleAsync(GetBackdoorPort call, RpcContext context, CancellationToken cancelled) => Task.FromResult<JsonNode?>(null);
}
