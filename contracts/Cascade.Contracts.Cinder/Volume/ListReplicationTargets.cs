using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.list_replication_targets. Call; answers <c>{"replication_targets": […]}</c>.</summary>
public sealed record ListReplicationTargets(VersionedObject Group) : IRpcCall<ListReplicationTargets>
{
    public static RpcName Name => new("list_replication_targets", new(3, 14));

    public static JsonTypeInfo<ListReplicationTargets> Wire => CinderJson.Default.ListReplicationTargets;
}
