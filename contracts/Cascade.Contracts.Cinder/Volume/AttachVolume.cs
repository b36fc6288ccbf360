using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.attach_volume. Call of the legacy os-attach; the VolumeAttachment it answers is ignored by the API. 3.3
/// knows <c>volume</c>.
/// </summary>
public sealed record AttachVolume(
    string VolumeId,
    string? InstanceUuid = null,
    string? HostName = null,
    string? Mountpoint = null,
    string? Mode = null,
    VersionedObject? Volume = null) : IRpcCall<AttachVolume>
{
    public static RpcName Name => new("attach_volume", new(3, 0));

    public static JsonTypeInfo<AttachVolume> Wire => CinderJson.Default.AttachVolume;
}
