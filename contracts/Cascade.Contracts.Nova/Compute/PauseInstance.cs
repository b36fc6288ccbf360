using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.pause_instance. Cast.</summary>
public sealed record PauseInstance(VersionedObject Instance) : IRpcCall<PauseInstance>
{
    public static RpcName Name => new("pause_instance", new(6, 0));

    public static JsonTypeInfo<PauseInstance> Wire => NovaJson.Default.PauseInstance;
}
