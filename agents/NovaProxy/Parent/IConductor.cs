using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>The parent's conductor: the only way to the parent's database (nova/conductor/rpcapi.py: ConductorAPI).</summary>
internal interface IConductor
{
    /// <summary>Runs a class method of an object: the result's primitive, or null.</summary>
    /// <exception cref="RpcFault">What the method raised.</exception>
    Task<JsonNode?> ClassActionAsync(
        RpcContext context,
        string objname,
        string objmethod,
        JsonArray args,
        JsonObject kwargs,
        CancellationToken cancelled);

    /// <summary>Runs a method on an object that travels with the call: the refreshed fields, and what the method returned.</summary>
    /// <exception cref="RpcFault">What the method raised.</exception>
    Task<(JsonObject Updates, JsonNode? Result)> ObjectActionAsync(
        RpcContext context,
        VersionedObject instance,
        string objmethod,
        JsonArray args,
        JsonObject kwargs,
        CancellationToken cancelled);

    /// <summary>True when a conductor answers (namespace baseapi, as every native service asks before it starts).</summary>
    Task<bool> PingAsync(CancellationToken cancelled);
}
