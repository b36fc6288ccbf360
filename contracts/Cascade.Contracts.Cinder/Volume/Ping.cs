using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// oslo_messaging/rpc/server.py: the ping endpoint, of any server with <c>[DEFAULT] rpc_ping_enabled</c>. Call without a version; answers
/// <c>"pong"</c>.
/// </summary>
public sealed record Ping() : IRpcCall<Ping>
{
    public static RpcName Name => new("oslo_rpc_server_ping", new(1, 0));

    public static JsonTypeInfo<Ping> Wire => CinderJson.Default.Ping;
}
