using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.create_group_from_src. Cast, with one of the two sources. The rows of the volumes exist.</summary>
public sealed record CreateGroupFromSrc(
    VersionedObject Group,
    VersionedObject? GroupSnapshot = null,
    VersionedObject? SourceGroup = null) : IRpcCall<CreateGroupFromSrc>
{
    public static RpcName Name => new("create_group_from_src", new(3, 0));

    public static JsonTypeInfo<CreateGroupFromSrc> Wire => CinderJson.Default.CreateGroupFromSrc;
}
