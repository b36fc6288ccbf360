using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.soft_delete_instance. Cast.</summary>
public sealed record SoftDeleteInstance(VersionedObject Instance) : IRpcCall<SoftDeleteInstance>
{
    public static RpcName Name => new("soft_delete_instance", new(6, 0));

    public static JsonTypeInfo<SoftDeleteInstance> Wire => NovaJson.Default.SoftDeleteInstance;
}
