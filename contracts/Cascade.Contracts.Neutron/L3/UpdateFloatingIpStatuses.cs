using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.update_floatingip_statuses. Answers nothing; a floating IP that is gone is no error. What an update took away from
/// this router becomes DOWN though it is not named, but what lost its server's port does not (l3_db.py: disassociate_floatingips leaves last_known_router_id as it is): a native
/// agent names every floating IP DOWN that it had and has no more.
/// </summary>
/// <param name="FipStatuses"><c>{id: ACTIVE, DOWN or ERROR}</c>; may be empty.</param>
public sealed record UpdateFloatingIpStatuses(string RouterId, JsonObject FipStatuses) : IPluginCall<UpdateFloatingIpStatuses, bool>
{
    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("update_floatingip_statuses", new(1, 1));

    public static JsonTypeInfo<UpdateFloatingIpStatuses> Wire => NeutronJson.Default.UpdateFloatingIpStatuses;

    public static bool ReadReply(JsonElement result) => true;
}
