using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.reimage. Cast. 3.20 knows <c>image_snap</c>.</summary>
public sealed record Reimage(VersionedObject Volume, JsonObject ImageMeta, VersionedObject? ImageSnap = null) : IRpcCall<Reimage>
{
    public static RpcName Name => new("reimage", new(3, 18));

    public static JsonTypeInfo<Reimage> Wire => CinderJson.Default.Reimage;
}
