using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.swap_volume. Cast. nova-api has set the old volume to detaching and reserved the new one.</summary>
public sealed record SwapVolume(VersionedObject Instance, string OldVolumeId, string NewVolumeId, string? NewAttachmentId = null) : IRpcCall<SwapVolume>
{
    public static RpcName Name => new("swap_volume", new(6, 0));

    public static JsonTypeInfo<SwapVolume> Wire => NovaJson.Default.SwapVolume;
}
