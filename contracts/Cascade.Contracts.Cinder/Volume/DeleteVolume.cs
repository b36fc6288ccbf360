using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.delete_volume. Cast. With <c>unmanage_only</c> the record goes and the data stays; with <c>cascade</c> the
/// snapshots, all deleting already, go first.
/// </summary>
public sealed record DeleteVolume(VersionedObject Volume, bool UnmanageOnly = false, bool Cascade = false) : IRpcCall<DeleteVolume>
{
    public static RpcName Name => new("delete_volume", new(3, 0));

    public static JsonTypeInfo<DeleteVolume> Wire => CinderJson.Default.DeleteVolume;
}
