using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.validate_console_port. Call; answers whether the port is the console's.</summary>
public sealed record ValidateConsolePort(VersionedObject Instance, string? Port = null, string? ConsoleType = null) : IRpcCall<ValidateConsolePort>
{
    public static RpcName Name => new("validate_console_port", new(6, 0));

    public static JsonTypeInfo<ValidateConsolePort> Wire => NovaJson.Default.ValidateConsolePort;
}
