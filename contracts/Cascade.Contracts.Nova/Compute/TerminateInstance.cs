using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.terminate_instance. Cast.</summary>
public sealed record TerminateInstance(VersionedObject Instance, VersionedObject? Bdms = null) : IRpcCall<TerminateInstance>
{
    public static RpcName Name => new("terminate_instance", new(6, 0));

    public static JsonTypeInfo<TerminateInstance> Wire => NovaJson.Default.TerminateInstance;
}
