using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>neutron/api/rpc/handlers/dvr_rpc.py: DVRServerRpcCallback.get_dvr_mac_address_by_host. Makes the address when there is none; upper case with dashes.</summary>
public sealed record GetDvrMacAddressByHost(string Host) : IPluginCall<GetDvrMacAddressByHost, DvrMac?>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("get_dvr_mac_address_by_host", new(1, 0));

    public static JsonTypeInfo<GetDvrMacAddressByHost> Wire => NeutronJson.Default.GetDvrMacAddressByHost;

    public static DvrMac? ReadReply(JsonElement result) => DvrMac.Read(Reply.Dictionary(result));
}
