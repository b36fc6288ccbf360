using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.delete_agent_gateway_port. Answers nothing; a port that is gone is no error.</summary>
public sealed record DeleteAgentGatewayPort(string Host, string NetworkId) : IPluginCall<DeleteAgentGatewayPort, bool>
{
    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("delete_agent_gateway_port", new(1, 7));

    public static JsonTypeInfo<DeleteAgentGatewayPort> Wire => NeutronJson.Default.DeleteAgentGatewayPort;

    public static bool ReadReply(JsonElement result) => true;
}
