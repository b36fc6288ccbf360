using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.delete_group_snapshot. Cast.</summary>
public sealed record DeleteGroupSnapshot(VersionedObject GroupSnapshot) : IRpcCall<DeleteGroupSnapshot>
{
    public static RpcName Name => new("delete_group_snapshot", new(3, 0));

    public static JsonTypeInfo<DeleteGroupSnapshot> Wire => CinderJson.Default.DeleteGroupSnapshot;
}
