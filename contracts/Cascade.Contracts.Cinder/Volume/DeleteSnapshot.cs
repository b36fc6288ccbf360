using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.delete_snapshot. Cast. With <c>unmanage_only</c> the record goes and the data stays.</summary>
public sealed record DeleteSnapshot(VersionedObject Snapshot, bool UnmanageOnly = false) : IRpcCall<DeleteSnapshot>
{
    public static RpcName Name => new("delete_snapshot", new(3, 0));

    public static JsonTypeInfo<DeleteSnapshot> Wire => CinderJson.Default.DeleteSnapshot;
}
