using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.detach_volume. Call of the legacy os-detach and os-force_detach; answers null. 3.4 knows <c>volume</c>.
/// </summary>
public sealed record DetachVolume(string VolumeId, string? AttachmentId = null, VersionedObject? Volume = null) : IRpcCall<DetachVolume>
{
    public static RpcName Name => new("detach_volume", new(3, 0));

    public static JsonTypeInfo<DetachVolume> Wire => CinderJson.Default.DetachVolume;
}
