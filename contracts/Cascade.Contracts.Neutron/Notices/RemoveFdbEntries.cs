using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/drivers/l2pop/rpc.py: L2populationAgentNotifyAPI.remove_fdb_entries. The flooding entry in it means that the end point left the network.</summary>
public sealed record RemoveFdbEntries(JsonObject? FdbEntries) : IRpcCall<RemoveFdbEntries>
{
    public static RpcName Name => new("remove_fdb_entries", new(1, 0));

    public static JsonTypeInfo<RemoveFdbEntries> Wire => NeutronJson.Default.RemoveFdbEntries;
}
