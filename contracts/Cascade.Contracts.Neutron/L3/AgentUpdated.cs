using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI.agent_updated, to one host: the agent was enabled or disabled. Both mean to read everything again;
/// a disabled agent is answered no routers.
/// </summary>
/// <param name="Payload"><c>{admin_state_up}</c>.</param>
public sealed record AgentUpdated(JsonObject? Payload) : IRpcCall<AgentUpdated>
{
    public static RpcName Name => new("agent_updated", new(1, 0));

    public static JsonTypeInfo<AgentUpdated> Wire => NeutronJson.Default.AgentUpdated;

    public bool? AdminStateUp() => Payload?.Flag("admin_state_up");
}
