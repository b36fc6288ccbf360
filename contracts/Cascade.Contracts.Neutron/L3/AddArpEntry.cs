using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI.add_arp_entry. Goes to everybody, for distributed routers that keep their own ARP tables.</summary>
/// <param name="Payload"><c>{router_id, arp_table: {ip_address, mac_address, subnet_id}}</c>.</param>
public sealed record AddArpEntry(JsonObject? Payload) : IRpcCall<AddArpEntry>
{
    public static RpcName Name => new("add_arp_entry", new(1, 0));

    public static JsonTypeInfo<AddArpEntry> Wire => NeutronJson.Default.AddArpEntry;
}
