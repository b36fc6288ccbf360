using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.terminate_connection. Call; answers null.</summary>
public sealed record TerminateConnection(string VolumeId, JsonNode? Connector = null, bool Force = false) : IRpcCall<TerminateConnection>
{
    public static RpcName Name => new("terminate_connection", new(3, 0));

    public static JsonTypeInfo<TerminateConnection> Wire => CinderJson.Default.TerminateConnection;
}
