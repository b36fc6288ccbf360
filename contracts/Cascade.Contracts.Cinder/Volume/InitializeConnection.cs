using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.initialize_connection. Call of the legacy attach, of cinder-backup and of a migration; answers the
/// connection information, nested.
/// </summary>
public sealed record InitializeConnection(VersionedObject Volume, JsonObject? Connector = null) : IRpcCall<InitializeConnection>
{
    public static RpcName Name => new("initialize_connection", new(3, 0));

    public static JsonTypeInfo<InitializeConnection> Wire => CinderJson.Default.InitializeConnection;
}
