using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.suspend_instance. Cast.</summary>
public sealed record SuspendInstance(VersionedObject Instance) : IRpcCall<SuspendInstance>
{
    public static RpcName Name => new("suspend_instance", new(6, 0));

    public static JsonTypeInfo<SuspendInstance> Wire => NovaJson.Default.SuspendInstance;
}
