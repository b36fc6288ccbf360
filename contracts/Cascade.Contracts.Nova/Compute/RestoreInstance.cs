using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.restore_instance. Cast.</summary>
public sealed record RestoreInstance(VersionedObject Instance) : IRpcCall<RestoreInstance>
{
    public static RpcName Name => new("restore_instance", new(6, 0));

    public static JsonTypeInfo<RestoreInstance> Wire => NovaJson.Default.RestoreInstance;
}
