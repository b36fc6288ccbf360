using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI.router_removed_from_agent, to one host. The router lives elsewhere or nowhere; its ports stay bound here
/// until another host syncs it.
/// </summary>
/// <param name="Payload"><c>{router_id}</c>.</param>
public sealed record RouterRemovedFromAgent(JsonObject? Payload) : IRpcCall<RouterRemovedFromAgent>
{
    public static RpcName Name => new("router_removed_from_agent", new(1, 0));

    public static JsonTypeInfo<RouterRemovedFromAgent> Wire => NeutronJson.Default.RouterRemovedFromAgent;

    public string? RouterId() => Payload?.Text("router_id");
}
