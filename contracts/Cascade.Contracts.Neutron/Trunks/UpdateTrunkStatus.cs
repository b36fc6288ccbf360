using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Trunks;

/// <summary>neutron/services/trunk/rpc/server.py: TrunkSkeleton.update_trunk_status. ACTIVE, DOWN, BUILD, DEGRADED or ERROR; answers nothing.</summary>
public sealed record UpdateTrunkStatus(string TrunkId, string Status) : IPluginCall<UpdateTrunkStatus, bool>
{
    public static string Topic => NeutronTopics.Trunk;

    public static RpcName Name => new("update_trunk_status", new(1, 0), "trunk");

    public static JsonTypeInfo<UpdateTrunkStatus> Wire => NeutronJson.Default.UpdateTrunkStatus;

    public static bool ReadReply(JsonElement result) => true;
}
