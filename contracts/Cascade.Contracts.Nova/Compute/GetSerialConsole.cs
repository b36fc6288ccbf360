using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.get_serial_console. Call; of the answer the API passes on <c>access_url</c> only.</summary>
public sealed record GetSerialConsole(string? ConsoleType, VersionedObject Instance) : IRpcCall<GetSerialConsole>
{
    public static RpcName Name => new("get_serial_console", new(6, 0));

    public static JsonTypeInfo<GetSerialConsole> Wire => NovaJson.Default.GetSerialConsole;
}
