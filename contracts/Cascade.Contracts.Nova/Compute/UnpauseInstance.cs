using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.unpause_instance. Cast.</summary>
public sealed record UnpauseInstance(VersionedObject Instance) : IRpcCall<UnpauseInstance>
{
    public static RpcName Name => new("unpause_instance", new(6, 0));

    public static JsonTypeInfo<UnpauseInstance> Wire => NovaJson.Default.UnpauseInstance;
}
