using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.create_snapshot. Cast. The snapshot comes without its volume.</summary>
public sealed record CreateSnapshot(VersionedObject Snapshot) : IRpcCall<CreateSnapshot>
{
    public static RpcName Name => new("create_snapshot", new(3, 0));

    public static JsonTypeInfo<CreateSnapshot> Wire => CinderJson.Default.CreateSnapshot;
}
