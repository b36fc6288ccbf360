using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.update_all_ha_network_port_statuses. Answers nothing; the ACTIVE ports <c>network:router_ha_interface</c> of the host become
/// DOWN until the agent of the second layer reports them up again. A native agent asks it after its host has started.
/// </summary>
public sealed record UpdateAllHaNetworkPortStatuses(string Host) : IPluginCall<UpdateAllHaNetworkPortStatuses, bool>
{
    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("update_all_ha_network_port_statuses", new(1, 10));

    public static JsonTypeInfo<UpdateAllHaNetworkPortStatuses> Wire => NeutronJson.Default.UpdateAllHaNetworkPortStatuses;

    public static bool ReadReply(JsonElement result) => true;
}
