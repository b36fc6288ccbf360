using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/drivers/l2pop/rpc.py: L2populationAgentNotifyAPI.add_fdb_entries. Comes twice, and our own end point is in it (l2pop/mech_driver.py: update_port_up).</summary>
public sealed record AddFdbEntries(JsonObject? FdbEntries) : IRpcCall<AddFdbEntries>
{
    public static RpcName Name => new("add_fdb_entries", new(1, 0));

    public static JsonTypeInfo<AddFdbEntries> Wire => NeutronJson.Default.AddFdbEntries;
}
