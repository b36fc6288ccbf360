using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.get_mks_console. Call; of the answer the API passes on <c>access_url</c> only.</summary>
public sealed record GetMksConsole(string? ConsoleType, VersionedObject Instance) : IRpcCall<GetMksConsole>
{
    public static RpcName Name => new("get_mks_console", new(6, 0));

    public static JsonTypeInfo<GetMksConsole> Wire => NovaJson.Default.GetMksConsole;
}
