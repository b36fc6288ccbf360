using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.create_group_snapshot. Cast. The rows of the snapshots exist.</summary>
public sealed record CreateGroupSnapshot(VersionedObject GroupSnapshot) : IRpcCall<CreateGroupSnapshot>
{
    public static RpcName Name => new("create_group_snapshot", new(3, 0));

    public static JsonTypeInfo<CreateGroupSnapshot> Wire => CinderJson.Default.CreateGroupSnapshot;
}
