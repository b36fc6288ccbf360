using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>
/// Serves one RPC method. Idempotent: the same request may come twice. Handlers do not catch; an
/// <see cref="Cascade.Oslo.Wire.Failures.RpcFault"/> they throw is the caller's exception, <see cref="ParkException"/> puts a cast
/// aside until the child is back, anything else is a plain failure with the request id.
/// </summary>
public interface IHandle<TCall>
    where TCall : IRpcCall<TCall>
{
    /// <returns>The result for the caller, null for none. The message is acknowledged when this ends, not before (D2).</returns>
    Task<JsonNode?> HandleAsync(TCall call, RpcContext context, CancellationToken cancelled);
}
