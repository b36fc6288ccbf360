using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.remove_export_snapshot. Cast, or call for who waits; answers null.</summary>
public sealed record RemoveExportSnapshot(string SnapshotId) : IRpcCall<RemoveExportSnapshot>
{
    public static RpcName Name => new("remove_export_snapshot", new(3, 13));

    public static JsonTypeInfo<RemoveExportSnapshot> Wire => CinderJson.Default.RemoveExportSnapshot;
}
