using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace CinderProxy.Tests.Support;

/// <summary>A bus that keeps what is cast, as JSON text as on the wire. A cinder-volume calls nobody.</summary>
sealed class KeptBus : IRpcCaller
{
    readonly Lock one = new();
    readonly List<Cast> casts = [];

    public IReadOnlyList<Cast> Casts
    {
        get
        {
            lock (one)
            {
                return [.. casts];
            }
        }
    }

    /// <summary>Set, it is thrown instead of sending.</summary>
    public Exception? Broken { get; set; }

    public IReadOnlyList<Cast> Of(string method) => [.. Casts.Where(cast => cast.Method == method)];

    public Task CastAsync(RpcTarget target, string method, JsonObject arguments, RpcContext context, CancellationToken cancelled = default)
    {
        if (Broken is { } broken)
        {
            return Task.FromException(broken);
        }

        lock (one)
        {
            casts.Add(new(target, method, JsonNode.Parse(arguments.ToJsonString())!.AsObject(), context));
        }

        return Task.CompletedTask;
    }

    public Task<JsonElement> CallAsync(
        RpcTarget target, string method, JsonObject arguments, RpcContext context, TimeSpan? timeout = null, TimeSpan? callMonitorTimeout = null, CancellationToken cancelled = default) =>
        throw new NotSupportedException(method);

    public sealed record Cast(RpcTarget Target, string Method, JsonObject Arguments, RpcContext Context);
}
