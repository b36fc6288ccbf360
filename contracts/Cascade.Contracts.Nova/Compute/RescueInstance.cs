using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.rescue_instance. Cast. Without an image the instance's base image is meant.</summary>
public sealed record RescueInstance(VersionedObject Instance, string? RescuePassword = null, string? RescueImageRef = null, bool? CleanShutdown = null) : IRpcCall<RescueInstance>
{
    public static RpcName Name => new("rescue_instance", new(6, 0));

    public static JsonTypeInfo<RescueInstance> Wire => NovaJson.Default.RescueInstance;
}
