using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI.router_deleted. Goes to everybody.</summary>
public sealed record RouterDeleted(string? RouterId) : IRpcCall<RouterDeleted>
{
    public static RpcName Name => new("router_deleted", new(1, 0));

    public static JsonTypeInfo<RouterDeleted> Wire => NeutronJson.Default.RouterDeleted;
}
