using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>Sends requests to native services.</summary>
public interface IRpcCaller
{
    /// <summary>Asks and waits for the answer: the <c>result</c> member, of kind Null when there is none.</summary>
    /// <param name="timeout">The whole time allowed; null for <c>rpc_response_timeout</c>.</param>
    /// <param name="callMonitorTimeout">When set, the server must give a sign of life within it (long calls).</param>
    /// <exception cref="RpcFault">The server failed.</exception>
    /// <exception cref="RpcTimeoutException">No answer came in time; whether it was done is not known.</exception>
    Task<JsonElement> CallAsync(
        RpcTarget target,
        string method,
        JsonObject arguments,
        RpcContext context,
        TimeSpan? timeout = null,
        TimeSpan? callMonitorTimeout = null,
        CancellationToken cancelled = default);

    /// <summary>Sends and returns when the broker has it. A cast to a server that never was is dropped by the broker, as natively.</summary>
    Task CastAsync(RpcTarget target, string method, JsonObject arguments, RpcContext context, CancellationToken cancelled = default);
}
