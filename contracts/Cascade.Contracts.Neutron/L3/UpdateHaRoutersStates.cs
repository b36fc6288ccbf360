using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.update_ha_routers_states. A native agent casts it; called, it answers nothing. The ports of a router that becomes
/// active are bound to the host.
/// </summary>
/// <param name="States"><c>{router: active or standby}</c>.</param>
public sealed record UpdateHaRoutersStates(string Host, JsonObject States) : IPluginCall<UpdateHaRoutersStates, bool>
{
    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("update_ha_routers_states", new(1, 5));

    public static JsonTypeInfo<UpdateHaRoutersStates> Wire => NeutronJson.Default.UpdateHaRoutersStates;

    public static bool ReadReply(JsonElement result) => true;
}
