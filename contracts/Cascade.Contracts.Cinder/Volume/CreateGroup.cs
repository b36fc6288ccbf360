using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.create_group. Cast.</summary>
public sealed record CreateGroup(VersionedObject Group) : IRpcCall<CreateGroup>
{
    public static RpcName Name => new("create_group", new(3, 0));

    public static JsonTypeInfo<CreateGroup> Wire => CinderJson.Default.CreateGroup;
}
