using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.get_spice_console. Call; of the answer the API passes on <c>access_url</c> only.</summary>
public sealed record GetSpiceConsole(string? ConsoleType, VersionedObject Instance) : IRpcCall<GetSpiceConsole>
{
    public static RpcName Name => new("get_spice_console", new(6, 0));

    public static JsonTypeInfo<GetSpiceConsole> Wire => NovaJson.Default.GetSpiceConsole;
}
