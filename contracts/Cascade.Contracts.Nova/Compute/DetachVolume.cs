using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.detach_volume. Cast. nova-api has set the volume to detaching.</summary>
public sealed record DetachVolume(VersionedObject Instance, string VolumeId, string? AttachmentId = null) : IRpcCall<DetachVolume>
{
    public static RpcName Name => new("detach_volume", new(6, 0));

    public static JsonTypeInfo<DetachVolume> Wire => NovaJson.Default.DetachVolume;
}
