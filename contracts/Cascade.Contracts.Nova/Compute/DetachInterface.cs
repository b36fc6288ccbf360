using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.detach_interface. Cast.</summary>
public sealed record DetachInterface(VersionedObject Instance, string PortId) : IRpcCall<DetachInterface>
{
    public static RpcName Name => new("detach_interface", new(6, 0));

    public static JsonTypeInfo<DetachInterface> Wire => NovaJson.Default.DetachInterface;
}
