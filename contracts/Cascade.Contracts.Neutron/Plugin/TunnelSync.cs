using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>neutron/plugins/ml2/drivers/type_tunnel.py: TunnelRpcCallbackMixin.tunnel_sync. Stores our end point and answers all of that type.</summary>
/// <param name="TunnelIp">Of the IP version of the server's <c>overlay_ip_version</c>.</param>
public sealed record TunnelSync(string TunnelIp, string TunnelType, string Host) : IPluginCall<TunnelSync, IReadOnlyList<TunnelEndpoint>>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("tunnel_sync", new(1, 4));

    public static JsonTypeInfo<TunnelSync> Wire => NeutronJson.Default.TunnelSync;

    public static IReadOnlyList<TunnelEndpoint> ReadReply(JsonElement result) => TunnelEndpoint.ReadAll(result);
}
