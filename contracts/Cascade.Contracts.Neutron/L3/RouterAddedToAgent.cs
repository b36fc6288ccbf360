using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI.router_added_to_agent, to one host. A CALL: it must be answered, with null, at once. While it is not,
/// the administrator's request hangs (twice the response timeout), and a router that was rescheduled is unbound again.
/// </summary>
/// <param name="Payload">Ids.</param>
public sealed record RouterAddedToAgent(JsonArray? Payload) : IRpcCall<RouterAddedToAgent>
{
    public static RpcName Name => new("router_added_to_agent", new(1, 0));

    public static JsonTypeInfo<RouterAddedToAgent> Wire => NeutronJson.Default.RouterAddedToAgent;

    public IReadOnlyList<string> Ids() => RouterIds.Of(Payload);
}
