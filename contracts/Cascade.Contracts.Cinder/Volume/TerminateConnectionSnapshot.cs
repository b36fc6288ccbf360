using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.terminate_connection_snapshot. Call; answers null.</summary>
public sealed record TerminateConnectionSnapshot(
    string SnapshotId,
    JsonNode? Connector = null,
    bool Force = false) : IRpcCall<TerminateConnectionSnapshot>
{
    public static RpcName Name => new("terminate_connection_snapshot", new(3, 13));

    public static JsonTypeInfo<TerminateConnectionSnapshot> Wire => CinderJson.Default.TerminateConnectionSnapshot;
}
