using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>
/// neutron/api/rpc/handlers/dhcp_rpc.py: DhcpRpcCallback.get_network_info: a network with its subnets that have DHCP, and its ports. Null when it is gone.
/// </summary>
public sealed record GetNetworkInfo(string NetworkId, string Host) : IPluginCall<GetNetworkInfo, NetworkInfo?>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("get_network_info", new(1, 0));

    public static JsonTypeInfo<GetNetworkInfo> Wire => NeutronJson.Default.GetNetworkInfo;

    public static NetworkInfo? ReadReply(JsonElement result) => NetworkInfo.Read(Reply.Dictionary(result));
}
