using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/drivers/l2pop/rpc.py: L2populationAgentNotifyAPI.update_fdb_entries. <c>{chg_ip: {network: {end point: {before, after}}}}</c>.</summary>
public sealed record UpdateFdbEntries(JsonObject? FdbEntries) : IRpcCall<UpdateFdbEntries>
{
    public static RpcName Name => new("update_fdb_entries", new(1, 0));

    public static JsonTypeInfo<UpdateFdbEntries> Wire => NeutronJson.Default.UpdateFdbEntries;
}
