using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.failover_replication. Cast.</summary>
public sealed record FailoverReplication(
    VersionedObject Group,
    bool AllowAttachedVolume = false,
    string? SecondaryBackendId = null) : IRpcCall<FailoverReplication>
{
    public static RpcName Name => new("failover_replication", new(3, 14));

    public static JsonTypeInfo<FailoverReplication> Wire => CinderJson.Default.FailoverReplication;
}
