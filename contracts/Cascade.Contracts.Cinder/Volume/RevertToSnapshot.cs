using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.revert_to_snapshot. Cast.</summary>
public sealed record RevertToSnapshot(VersionedObject Volume, VersionedObject Snapshot) : IRpcCall<RevertToSnapshot>
{
    public static RpcName Name => new("revert_to_snapshot", new(3, 15));

    public static JsonTypeInfo<RevertToSnapshot> Wire => CinderJson.Default.RevertToSnapshot;
}
