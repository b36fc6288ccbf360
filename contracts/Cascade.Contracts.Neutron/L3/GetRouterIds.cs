using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.get_router_ids. A WRITE in spite of its name: routers that no agent hosts are scheduled to this one first.
/// Routers that are administratively down are listed too; an agent that is disabled gets none.
/// </summary>
public sealed record GetRouterIds(string Host) : IPluginCall<GetRouterIds, IReadOnlyList<string>>
{
    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("get_router_ids", new(1, 9));

    public static JsonTypeInfo<GetRouterIds> Wire => NeutronJson.Default.GetRouterIds;

    public static IReadOnlyList<string> ReadReply(JsonElement result) => Reply.Texts(result);
}
