using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.get_service_plugin_list. The names under which plugins are loaded, in any order: <c>CORE</c>, <c>L3_ROUTER_NAT</c> …</summary>
public sealed record GetServicePluginList() : IPluginCall<GetServicePluginList, IReadOnlyList<string>>
{
    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("get_service_plugin_list", new(1, 3));

    public static JsonTypeInfo<GetServicePluginList> Wire => NeutronJson.Default.GetServicePluginList;

    public static IReadOnlyList<string> ReadReply(JsonElement result) => Reply.Texts(result);
}
