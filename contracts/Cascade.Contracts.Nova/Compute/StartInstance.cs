using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.start_instance. Cast.</summary>
public sealed record StartInstance(VersionedObject Instance) : IRpcCall<StartInstance>
{
    public static RpcName Name => new("start_instance", new(6, 0));

    public static JsonTypeInfo<StartInstance> Wire => NovaJson.Default.StartInstance;
}
