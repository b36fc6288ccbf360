using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.delete_group. Cast, with the volumes of the group.</summary>
public sealed record DeleteGroup(VersionedObject Group) : IRpcCall<DeleteGroup>
{
    public static RpcName Name => new("delete_group", new(3, 0));

    public static JsonTypeInfo<DeleteGroup> Wire => CinderJson.Default.DeleteGroup;
}
