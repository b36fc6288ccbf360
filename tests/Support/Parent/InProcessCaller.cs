using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Support.Parent;

/// <summary>A caller whose other end is an endpoint in the same process: requests and answers go through JSON text as on the wire, without a broker.</summary>
public sealed class InProcessCaller(IRpcEndpoint endpoint) : IRpcCaller
{
    /// <summary>When set and true for a method, the caller gives up at once, as after a time-out.</summary>
    public Func<string, JsonObject, bool>? TimesOut { get; set; }

    public async Task<JsonElement> CallAsync(
        RpcTarget target,
        string method,
        JsonObject arguments,
        RpcContext context,
        TimeSpan? timeout = null,
        TimeSpan? callMonitorTimeout = null,
        CancellationToken cancelled = default)
    {
        if (TimesOut?.Invoke(method, arguments) == true)
        {
            throw new RpcTimeoutException($"no answer to {method}");
        }

        var answer = await endpoint.ServeAsync(Request(target, method, arguments, context), cancelled);
        return JsonDocument.Parse(answer?.ToJsonString() ?? "null").RootElement;
    }

    public Task CastAsync(RpcTarget target, string method, JsonObject arguments, RpcContext context, CancellationToken cancelled = default) =>
        endpoint.ServeAsync(Request(target, method, arguments, context), cancelled);

    static RpcRequest Request(RpcTarget target, string method, JsonObject arguments, RpcContext context) => new(
        method,
        JsonDocument.Parse(arguments.ToJsonString()).RootElement,
        target.Namespace,
        target.Version,
        new(JsonNode.Parse(context.Members.ToJsonString())!.AsObject()));
}
