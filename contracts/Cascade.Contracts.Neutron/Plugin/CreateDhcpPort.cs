using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>
/// neutron/api/rpc/handlers/dhcp_rpc.py: DhcpRpcCallback.create_dhcp_port. A real port <c>network:dhcp</c> with an address of each subnet named, deleted with the
/// network; no DHCP agent is needed. Null when the network or subnet is gone.
/// </summary>
/// <param name="Port"><c>{"port": {network_id, device_id, fixed_ips: [{subnet_id}], …}}</c>.</param>
public sealed record CreateDhcpPort(string Host, JsonObject Port) : IPluginCall<CreateDhcpPort, NeutronPort?>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("create_dhcp_port", new(1, 1));

    public static JsonTypeInfo<CreateDhcpPort> Wire => NeutronJson.Default.CreateDhcpPort;

    public static NeutronPort? ReadReply(JsonElement result) => NeutronPort.Read(Reply.Dictionary(result));

    /// <param name="deviceId">What tells this port again: one port for a network and device.</param>
    public static CreateDhcpPort Of(string host, string networkId, string deviceId, string? projectId, params IEnumerable<string> subnetIds) => new(host, new()
    {
        ["port"] = new JsonObject
        {
            ["network_id"] = networkId,
            ["device_id"] = deviceId,
            ["name"] = "",
            ["admin_state_up"] = true,
            ["tenant_id"] = projectId,
            ["fixed_ips"] = new JsonArray([.. subnetIds.Select(subnet => (JsonNode)new JsonObject { ["subnet_id"] = subnet })]),
        },
    });
}
