using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.OpenStack.Network;

namespace Cascade.NovaProxy.Networks;

/// <summary>What a VIF is made of, as the parent's Neutron shows it.</summary>
/// <param name="Networks">By id.</param>
/// <param name="Subnets">In Neutron's order.</param>
/// <param name="DhcpPorts">Ports of DHCP servers on the networks.</param>
/// <param name="FloatingIps">Those that lead to the ports.</param>
internal sealed record NetworkFacts(
    IReadOnlyDictionary<string, NetworkInfo> Networks, IReadOnlyList<Subnet> Subnets, IReadOnlyList<Port> DhcpPorts, IReadOnlyList<FloatingIp> FloatingIps);

/// <summary>
/// A port as nova keeps it in an instance's network info (nova/network/model.py; nova/network/neutron.py: _build_vif_model, _nw_info_build_network,
/// _get_subnets_from_port). Every member must be there: nova-api and the metadata service read them without asking.
/// </summary>
internal static class NetworkInfoModel
{
    /// <summary>nova/network/model.py: NIC_NAME_LEN.</summary>
    const int LongestName = 14;

    public static JsonObject Vif(Port port, NetworkFacts facts, bool premade)
    {
        var ovs = port.BindingVifType == "ovs";
        return new()
        {
            ["id"] = port.Id,
            ["address"] = port.MacAddress,
            ["network"] = Network(port, facts, ovs),
            ["type"] = port.BindingVifType,
            ["details"] = Node(port.BindingVifDetails) ?? new JsonObject(),
            ["devname"] = Cut("tap" + port.Id),
            ["ovs_interfaceid"] = ovs ? port.Id : null,
            ["qbh_params"] = null,
            ["qbg_params"] = null,
            ["active"] = port.AdminStateUp == false || port.Status == "ACTIVE",
            ["vnic_type"] = port.BindingVnicType ?? "normal",
            ["profile"] = Node(port.BindingProfile) ?? new JsonObject(),
            ["preserve_on_delete"] = premade,
            ["delegate_create"] = true,
            ["meta"] = new JsonObject(),
        };
    }

    static JsonObject Network(Port port, NetworkFacts facts, bool ovs)
    {
        var network = facts.Networks.GetValueOrDefault(port.NetworkId ?? "");
        var (physical, tunneled) = Segment(network);
        return new()
        {
            ["id"] = port.NetworkId,
            ["bridge"] = ovs ? Cut(Bridge(port)) : null,
            ["label"] = network?.Name,
            ["subnets"] = new JsonArray([.. Subnets(port, facts)]),
            ["meta"] = new JsonObject
            {
                ["injected"] = false,
                ["tenant_id"] = network?.ProjectId ?? port.ProjectId,
                ["mtu"] = network?.Mtu,
                ["physical_network"] = physical,
                ["tunneled"] = tunneled,
            },
        };
    }

    static IEnumerable<JsonNode> Subnets(Port port, NetworkFacts facts)
    {
        var addresses = port.FixedIps ?? [];
        foreach (var subnet in facts.Subnets.Where(subnet => addresses.Any(address => address.SubnetId == subnet.Id)))
        {
            var meta = new JsonObject();
            if (subnet.Ipv6AddressMode is { } mode)
            {
                meta["ipv6_address_mode"] = mode;
            }

            // Read by the metadata service: the server's address up to 2024, whether there is one from 2025.1 on.
            meta["enable_dhcp"] = subnet.EnableDhcp == true;
            if (Dhcp(subnet, facts) is { } dhcp)
            {
                meta["dhcp_server"] = dhcp;
            }

            yield return new JsonObject
            {
                ["cidr"] = subnet.Cidr,
                ["dns"] = new JsonArray([.. (subnet.DnsNameservers ?? []).Select(server => (JsonNode)Ip(server, "dns"))]),
                ["gateway"] = Ip(subnet.GatewayIp, "gateway"),
                ["ips"] = new JsonArray([.. addresses.Where(address => address.SubnetId == subnet.Id).Select(address => (JsonNode)Fixed(address, port, facts))]),
                ["routes"] = new JsonArray([.. (subnet.HostRoutes ?? []).Select(route => (JsonNode)Route(route))]),
                ["version"] = subnet.IpVersion,
                ["meta"] = meta,
            };
        }
    }

    static JsonObject Fixed(FixedIp address, Port port, NetworkFacts facts)
    {
        var ip = Ip(address.IpAddress, "fixed");
        ip["floating_ips"] = new JsonArray(
        [
            .. facts.FloatingIps
                .Where(floating => floating.PortId == port.Id && floating.FixedIpAddress == address.IpAddress)
                .Select(floating => (JsonNode)Ip(floating.Address, "floating")),
        ]);
        return ip;
    }

    static JsonObject Route(HostRoute route) => new()
    {
        ["cidr"] = route.Destination,
        ["gateway"] = Ip(route.Nexthop, "gateway"),
        ["interface"] = null,
        ["meta"] = new JsonObject(),
    };

    static JsonObject Ip(string? address, string type) => new()
    {
        ["address"] = address,
        ["type"] = type,
        ["version"] = address is null ? null : address.Contains(':', StringComparison.Ordinal) ? 6 : 4,
        ["meta"] = new JsonObject(),
    };

    static string? Dhcp(Subnet subnet, NetworkFacts facts) =>
        facts.DhcpPorts.SelectMany(port => port.FixedIps ?? []).FirstOrDefault(address => address.SubnetId == subnet.Id)?.IpAddress
        ?? (subnet.EnableDhcp == true ? subnet.GatewayIp : null);

    /// <summary>nova/network/neutron.py: _get_physnet_tunneled_info: the first segment with a physical network, where there are several.</summary>
    static (string? Physical, bool Tunneled) Segment(NetworkInfo? network)
    {
        if (network?.Other?.GetValueOrDefault("segments") is { ValueKind: JsonValueKind.Array } segments)
        {
            foreach (var segment in segments.EnumerateArray())
            {
                if (segment.TryGetProperty("provider:physical_network", out var name) && name.ValueKind == JsonValueKind.String)
                {
                    return (name.GetString(), false);
                }
            }
        }

        return (network?.ProviderPhysicalNetwork, network?.ProviderNetworkType is "vxlan" or "gre" or "geneve");
    }

    static string Bridge(Port port) =>
        port.BindingVifDetails is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("bridge_name", out var name) && name.GetString() is { Length: > 0 } bridge
            ? bridge
            : "br-int";

    static string Cut(string name) => name.Length <= LongestName ? name : name[..LongestName];

    static JsonObject? Node(JsonElement? element) => element is { ValueKind: JsonValueKind.Object } there ? JsonObject.Create(there) : null;
}
