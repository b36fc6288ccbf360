using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.initialize_connection_snapshot. Call of cinder-backup; answers the connection information, nested.
/// </summary>
public sealed record InitializeConnectionSnapshot(string SnapshotId, JsonObject? Connector = null) : IRpcCall<InitializeConnectionSnapshot>
{
    public static RpcName Name => new("initialize_connection_snapshot", new(3, 13));

    public static JsonTypeInfo<InitializeConnectionSnapshot> Wire => CinderJson.Default.InitializeConnectionSnapshot;
}
