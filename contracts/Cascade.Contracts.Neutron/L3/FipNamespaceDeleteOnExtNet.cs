using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI.delete_fipnamespace_for_ext_net. Goes to everybody: no distributed router has a gateway on that network any more.</summary>
public sealed record FipNamespaceDeleteOnExtNet(string? ExtNetId) : IRpcCall<FipNamespaceDeleteOnExtNet>
{
    public static RpcName Name => new("fipnamespace_delete_on_ext_net", new(1, 0));

    public static JsonTypeInfo<FipNamespaceDeleteOnExtNet> Wire => NeutronJson.Default.FipNamespaceDeleteOnExtNet;
}
