using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.copy_volume_to_image. Cast. The image exists in the parent, queued: <c>image_meta</c> has its id,
/// disk_format, container_format.
/// </summary>
public sealed record CopyVolumeToImage(string VolumeId, JsonObject ImageMeta) : IRpcCall<CopyVolumeToImage>
{
    public static RpcName Name => new("copy_volume_to_image", new(3, 0));

    public static JsonTypeInfo<CopyVolumeToImage> Wire => CinderJson.Default.CopyVolumeToImage;
}
