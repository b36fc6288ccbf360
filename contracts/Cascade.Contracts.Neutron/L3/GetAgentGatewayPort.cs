using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.get_agent_gateway_port. A WRITE: makes a port <c>network:floatingip_agent_gateway</c> on the external network for
/// this host when there is none, and binds it.
/// </summary>
public sealed record GetAgentGatewayPort(string NetworkId, string Host) : IPluginCall<GetAgentGatewayPort, RouterPort?>
{
    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("get_agent_gateway_port", new(1, 2));

    public static JsonTypeInfo<GetAgentGatewayPort> Wire => NeutronJson.Default.GetAgentGatewayPort;

    public static RouterPort? ReadReply(JsonElement result) => RouterPort.Read(Reply.Dictionary(result));
}
