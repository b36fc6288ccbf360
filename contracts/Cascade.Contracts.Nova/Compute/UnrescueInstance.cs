using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.unrescue_instance. Cast.</summary>
public sealed record UnrescueInstance(VersionedObject Instance) : IRpcCall<UnrescueInstance>
{
    public static RpcName Name => new("unrescue_instance", new(6, 0));

    public static JsonTypeInfo<UnrescueInstance> Wire => NovaJson.Default.UnrescueInstance;
}
