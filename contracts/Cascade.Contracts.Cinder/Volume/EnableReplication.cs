using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.enable_replication. Cast.</summary>
public sealed record EnableReplication(VersionedObject Group) : IRpcCall<EnableReplication>
{
    public static RpcName Name => new("enable_replication", new(3, 14));

    public static JsonTypeInfo<EnableReplication> Wire => CinderJson.Default.EnableReplication;
}
