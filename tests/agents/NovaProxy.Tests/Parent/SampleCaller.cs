using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace NovaProxy.Tests.Parent;

/// <summary>Answers what nova's conductor answered in a sample, and keeps what was asked.</summary>
sealed class SampleCaller(params Sample[] samples) : IRpcCaller
{
    int next;

    public List<(RpcTarget Target, string Method, JsonObject Arguments)> Asked { get; } = [];

    public JsonObject Last => Asked[^1].Arguments;

    public Task<JsonElement> CallAsync(
        RpcTarget target,
        string method,
        JsonObject arguments,
        RpcContext context,
        TimeSpan? timeout = null,
        TimeSpan? callMonitorTimeout = null,
        CancellationToken cancelled = default)
    {
        Asked.Add((target, method, arguments));
        var sample = samples[Math.Min(next++, samples.Length - 1)];
        if (sample.Failure is { } failure)
        {
            var raised = JsonNode.Parse(failure)!.AsObject();
            throw new RpcFault(
                raised["module"]!.GetValue<string>(), raised["class"]!.GetValue<string>(), raised["args"]![0]!.GetValue<string>(), raised["kwargs"]!.DeepClone().AsObject());
        }

        return Task.FromResult(JsonDocument.Parse(sample.Result?.ToJsonString() ?? "null").RootElement);
    }

    public Task CastAsync(RpcTarget target, string method, JsonObject arguments, RpcContext context, CancellationToken cancelled = default)
    {
        Asked.Add((target, method, arguments));
        return Task.CompletedTask;
    }
}
