using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>neutron/api/rpc/handlers/dhcp_rpc.py: DhcpRpcCallback.get_networks.</summary>
public sealed record GetNetworks(JsonObject Filters) : IPluginCall<GetNetworks, IReadOnlyList<NeutronNetwork>>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("get_networks", new(1, 7));

    public static JsonTypeInfo<GetNetworks> Wire => NeutronJson.Default.GetNetworks;

    public static IReadOnlyList<NeutronNetwork> ReadReply(JsonElement result) => Reply.List(result, NeutronNetwork.Read);
}
