using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/drivers/type_tunnel.py: TunnelAgentRpcApiMixin.tunnel_update. An agent with l2population ignores it.</summary>
public sealed record TunnelUpdate(string? TunnelIp, string? TunnelType) : IRpcCall<TunnelUpdate>
{
    public static RpcName Name => new("tunnel_update", new(1, 0));

    public static JsonTypeInfo<TunnelUpdate> Wire => NeutronJson.Default.TunnelUpdate;
}
