using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/baserpc.py: BaseRPCAPI.ping. Call; answers <c>{"service": topic, "arg": arg}</c>.</summary>
public sealed record Ping(JsonNode? Arg = null) : IRpcCall<Ping>
{
    public static RpcName Name => new("ping", new(1, 0), "baseapi");

    public static JsonTypeInfo<Ping> Wire => NovaJson.Default.Ping;
}
