using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.disable_replication. Cast.</summary>
public sealed record DisableReplication(VersionedObject Group) : IRpcCall<DisableReplication>
{
    public static RpcName Name => new("disable_replication", new(3, 14));

    public static JsonTypeInfo<DisableReplication> Wire => CinderJson.Default.DisableReplication;
}
