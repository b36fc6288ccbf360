using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.get_console_output. Call; answers text. <c>tail_length</c> is a number, its text, or null for all.</summary>
public sealed record GetConsoleOutput(VersionedObject Instance, JsonNode? TailLength = null) : IRpcCall<GetConsoleOutput>
{
    public static RpcName Name => new("get_console_output", new(6, 0));

    public static JsonTypeInfo<GetConsoleOutput> Wire => NovaJson.Default.GetConsoleOutput;
}
