using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.get_host_ha_router_count. Of the highly available routers of the host those that are administratively up.</summary>
public sealed record GetHostHaRouterCount(string Host) : IPluginCall<GetHostHaRouterCount, int>
{
    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("get_host_ha_router_count", new(1, 11));

    public static JsonTypeInfo<GetHostHaRouterCount> Wire => NeutronJson.Default.GetHostHaRouterCount;

    public static int ReadReply(JsonElement result) => result.ValueKind == JsonValueKind.Number && result.TryGetInt32(out var count) ? count : 0;
}
