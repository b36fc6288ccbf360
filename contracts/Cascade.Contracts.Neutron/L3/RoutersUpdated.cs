using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI.routers_updated, to the hosts of the router alone and only to those that are alive. Something
/// about the router changed: gateway, interface, floating IP, route, name. Read it again with <see cref="SyncRouters"/>.
/// </summary>
/// <param name="Routers">Ids, one a message; of old servers whole routers.</param>
public sealed record RoutersUpdated(JsonArray? Routers) : IRpcCall<RoutersUpdated>
{
    public static RpcName Name => new("routers_updated", new(1, 0));

    public static JsonTypeInfo<RoutersUpdated> Wire => NeutronJson.Default.RoutersUpdated;

    /// <summary>The ids of both forms (neutron/agent/l3/agent.py: L3NATAgent.routers_updated).</summary>
    public IReadOnlyList<string> Ids() => RouterIds.Of(Routers);
}
