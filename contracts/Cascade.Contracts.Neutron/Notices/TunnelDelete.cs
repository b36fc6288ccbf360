using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/drivers/type_tunnel.py: TunnelAgentRpcApiMixin.tunnel_delete.</summary>
public sealed record TunnelDelete(string? TunnelIp, string? TunnelType) : IRpcCall<TunnelDelete>
{
    public static RpcName Name => new("tunnel_delete", new(1, 0));

    public static JsonTypeInfo<TunnelDelete> Wire => NeutronJson.Default.TunnelDelete;
}
