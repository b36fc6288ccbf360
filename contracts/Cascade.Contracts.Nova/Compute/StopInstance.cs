using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.stop_instance. Cast; a call variant exists without a stock caller.</summary>
public sealed record StopInstance(VersionedObject Instance, bool? CleanShutdown = null) : IRpcCall<StopInstance>
{
    public static RpcName Name => new("stop_instance", new(6, 0));

    public static JsonTypeInfo<StopInstance> Wire => NovaJson.Default.StopInstance;
}
