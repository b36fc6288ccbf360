using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <inheritdoc cref="IConductor"/>
internal sealed class Conductor(IRpcCaller caller) : IConductor
{
    // nova/conductor/rpcapi.py: ConductorAPI asks 3.0 of topic conductor; nova/baserpc.py: BaseAPI asks 1.0.
    internal static readonly RpcTarget Main = new("conductor", new(3, 0));
    internal static readonly RpcTarget Base = new("conductor", new(1, 0), Namespace: "baseapi");

    /// <summary>How often a read is asked again that nobody answered: a restarting conductor loses what it had in work.</summary>
    const int Readings = 3;

    static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    public async Task<JsonNode?> ClassActionAsync(
        RpcContext context,
        string objname,
        string objmethod,
        JsonArray args,
        JsonObject kwargs,
        CancellationToken cancelled)
    {
        var reads = objmethod.StartsWith("get_", StringComparison.Ordinal);
        for (var reading = 1; ; reading++)
        {
            var arguments = new JsonObject
            {
                ["objname"] = objname,
                ["objmethod"] = objmethod,
                ["object_versions"] = NovaObjects.Manifest(objname),
                ["args"] = args.DeepClone(),
                ["kwargs"] = kwargs.DeepClone(),
            };
            try
            {
                return ToNode(await caller.CallAsync(Main, "object_class_action_versions", arguments, context, cancelled: cancelled));
            }
            catch (RpcTimeoutException) when (reads && reading < Readings)
            {
            }
        }
    }

    public async Task<(JsonObject Updates, JsonNode? Result)> ObjectActionAsync(
        RpcContext context,
        VersionedObject instance,
        string objmethod,
        JsonArray args,
        JsonObject kwargs,
        CancellationToken cancelled)
    {
        var arguments = new JsonObject
        {
            ["objinst"] = instance.ToJson(),
            ["objmethod"] = objmethod,
            ["args"] = args,
            ["kwargs"] = kwargs,
        };
        // nova/conductor/manager.py: object_action answers [updates, result].
        var answer = ToNode(await caller.CallAsync(Main, "object_action", arguments, context, cancelled: cancelled)) as JsonArray;
        return answer is [var updates, var result]
            ? (updates as JsonObject ?? [], result)
            : throw new JsonException($"{instance.Name}.{objmethod}: expected [updates, result] from the conductor");
    }

    public async Task<bool> PingAsync(CancellationToken cancelled)
    {
        try
        {
            var arguments = new JsonObject { ["arg"] = "ping" };
            await caller.CallAsync(Base, "ping", arguments, RpcContext.Admin(RequestIds.New()), PingTimeout, cancelled: cancelled);
            return true;
        }
        catch (RpcTimeoutException)
        {
            return false;
        }
    }

    static JsonNode? ToNode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(element),
    };
}
