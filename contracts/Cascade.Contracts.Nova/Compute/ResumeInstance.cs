using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.resume_instance. Cast.</summary>
public sealed record ResumeInstance(VersionedObject Instance) : IRpcCall<ResumeInstance>
{
    public static RpcName Name => new("resume_instance", new(6, 0));

    public static JsonTypeInfo<ResumeInstance> Wire => NovaJson.Default.ResumeInstance;
}
