using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Subnets (neutron/db/ipam_backend_mixin.py, db/db_base_plugin_v2.py).</summary>
public sealed partial class FakeNeutron
{
    private readonly Dictionary<string, FakeSubnetPool> pools = new(StringComparer.Ordinal);

    private void SubnetRules()
    {
        var subnets = collections["subnets"];
        subnets.Sees = (call, item) => NetworkOf(item) is { } network && Sees(call, collections["networks"], network);
        subnets.Owns = OwnsNetwork;
        subnets.Creating = CreateSubnet;
        subnets.Created = item =>
        {
            Save(Existing("networks", item.Text("network_id")));
            ServeDhcp(item);
        };
        subnets.Updating = (_, item, asked) =>
        {
            var pool = pools[item.Id];
            if (asked.ContainsKey("gateway_ip"))
            {
                CheckGateway(pool.Prefix, (string?)asked["gateway_ip"], Pools(asked, pool.Prefix) ?? pool.Pools);
                var door = item.Text("gateway_ip");
                if ((string?)asked["gateway_ip"] != door && PortsOn(item.Text("network_id")).FirstOrDefault(port =>
                    IsInterface(port) && port.List("fixed_ips").Any(ip => (string?)ip["ip_address"] == door)) is { } router)
                {
                    throw new FakeRefusal(409, $"Current gateway ip {door} already in use by port {router.Id}. Unable to update.", "GatewayIpInUse");
                }
            }

            if (Pools(asked, pool.Prefix) is { } changed)
            {
                pool.Pools = changed;
            }
        };
        subnets.Updated = item =>
        {
            ServeDhcp(item);
            Save(Existing("networks", item.Text("network_id")));
        };
        subnets.Deleting = (_, item) =>
        {
            if (!IsAutomatic(item) && pools[item.Id].Users.Values.Any(port =>
                collections["ports"].Items.TryGetValue(port, out var user) && !AutoDeleted.Contains(user.Text("device_owner"))))
            {
                throw new FakeRefusal(
                    409, $"Unable to complete operation on subnet {item.Id}: One or more ports have an IP allocation from this subnet.", "SubnetInUse");
            }
        };
        subnets.Deleted = item =>
        {
            foreach (var port in PortsOn(item.Text("network_id")).Where(port => port.List("fixed_ips").Any(ip => (string?)ip["subnet_id"] == item.Id)))
            {
                port["fixed_ips"] = new JsonArray([.. port.List("fixed_ips").Where(ip => (string?)ip["subnet_id"] != item.Id).Select(ip => ip.DeepClone())]);
                Save(port);
            }

            pools.Remove(item.Id);
        };
    }

    private void CreateSubnet(FakeCall call, FakeNetworkItem item, JsonObject asked)
    {
        var network = Visible(call, collections["networks"], item.Text("network_id"));
        if (!call.IsAdmin && network.ProjectId != call.ProjectId)
        {
            throw NotAllowed("create_subnet");
        }

        if (!FakePrefix.TryParse((string?)asked["cidr"], out var prefix))
        {
            throw new FakeRefusal(400, $"Invalid input for cidr. Reason: '{asked["cidr"]}' is not a valid IP subnet.", "HTTPBadRequest");
        }

        if (prefix.Version != (int?)asked["ip_version"])
        {
            throw Invalid($"cidr '{prefix}' does not match the ip_version '{asked["ip_version"]}'");
        }

        item["cidr"] = prefix.ToString();
        if (SubnetsOf(network.Id).FirstOrDefault(other => pools[other.Id].Prefix is var taken && taken.Version == prefix.Version
            && taken.First <= prefix.Last && prefix.First <= taken.Last) is { } overlapped)
        {
            throw Invalid($"Requested subnet with cidr: {prefix} for network: {network.Id} overlaps with another subnet: {overlapped.Text("cidr")}");
        }

        if (prefix.Version is 4 && (item["ipv6_ra_mode"] ?? item["ipv6_address_mode"]) is not null)
        {
            throw Invalid("ipv6_ra_mode or ipv6_address_mode cannot be set when ip_version is 4");
        }

        if (!asked.ContainsKey("gateway_ip"))
        {
            item["gateway_ip"] = prefix.Text(prefix.First + 1);
        }

        var ranges = Pools(asked, prefix);
        if (ranges is not null)
        {
            CheckGateway(prefix, (string?)item["gateway_ip"], ranges);
        }

        // neutrondb_ipam/driver.py: create_from_subnet_request. An empty list is no list.
        pools[item.Id] = new FakeSubnetPool(prefix) { Pools = ranges is { Count: > 0 } ? ranges : Generated(prefix, (string?)item["gateway_ip"]) };
        item["allocation_pools"] = new JsonArray([.. pools[item.Id].Pools.Select(range =>
            new JsonObject { ["start"] = prefix.Text(range.First), ["end"] = prefix.Text(range.Last) })]);
        item["segment_id"] = null;
    }

    private static List<(UInt128 First, UInt128 Last)>? Pools(JsonObject asked, FakePrefix prefix)
    {
        if (asked["allocation_pools"] is not JsonArray said)
        {
            return null;
        }

        var ranges = new List<(UInt128 First, UInt128 Last)>();
        foreach (var range in said)
        {
            var words = $"{range!["start"]}-{range["end"]}";
            if (!FakePrefix.TryAddress((string?)range["start"], out var version, out var first) || !FakePrefix.TryAddress((string?)range["end"], out _, out var last)
                || version != prefix.Version || last < first)
            {
                throw new FakeRefusal(400, $"The allocation pool {words} is not valid.", "InvalidAllocationPool");
            }

            if (!prefix.Holds(version, first) || !prefix.Holds(version, last) || first == prefix.First || (version is 4 && prefix.Length <= 30 && last == prefix.Last))
            {
                throw new FakeRefusal(400, $"The allocation pool {words} spans beyond the subnet cidr {prefix}.", "OutOfBoundsAllocationPool");
            }

            if (ranges.Exists(other => other.First <= last && first <= other.Last))
            {
                throw new FakeRefusal(409, $"Found overlapping allocation pools: {words} for subnet {prefix}.", "OverlappingAllocationPools");
            }

            ranges.Add((first, last));
        }

        return ranges;
    }

    private static void CheckGateway(FakePrefix prefix, string? gateway, List<(UInt128 First, UInt128 Last)> ranges)
    {
        if (gateway is not null && FakePrefix.TryAddress(gateway, out var version, out var address) && version == prefix.Version
            && ranges.Exists(range => address >= range.First && address <= range.Last))
        {
            throw new FakeRefusal(409, $"Gateway ip {gateway} conflicts with allocation pool {prefix}.", "GatewayConflictWithAllocationPools");
        }
    }

    // neutron/ipam/utils.py: generate_pools. All but network, broadcast and gateway.
    private static List<(UInt128 First, UInt128 Last)> Generated(FakePrefix prefix, string? gateway)
    {
        var first = prefix.First + 1;
        var last = prefix.Version is 4 && prefix.Length <= 30 ? prefix.Last - 1 : prefix.Last;
        if (!FakePrefix.TryAddress(gateway, out _, out var door) || door < first || door > last)
        {
            return [(first, last)];
        }

        List<(UInt128 First, UInt128 Last)> ranges = [];
        if (door > first)
        {
            ranges.Add((first, door - 1));
        }

        if (door < last)
        {
            ranges.Add((door + 1, last));
        }

        return ranges;
    }

    // neutron/common/ipv6_utils.py: is_auto_address_subnet.
    private static bool IsAutomatic(FakeNetworkItem subnet) =>
        subnet.Text("ipv6_address_mode") is "slaac" or "dhcpv6-stateless" || subnet.Text("ipv6_ra_mode") is "slaac" or "dhcpv6-stateless";

    /// <summary>
    /// What the cloud serves DHCP and metadata from, with an address of each such subnet, out of its pools: a port for each DHCP agent
    /// (agent/linux/dhcp.py: DeviceManager.setup_dhcp_port), or the one of OVN, IPv4 only (ovn_client.py: create_metadata_port, update_metadata_port).
    /// </summary>
    private void ServeDhcp(FakeNetworkItem subnet)
    {
        if (!subnet.Is("enable_dhcp"))
        {
            return;
        }

        var network = Existing("networks", subnet.Text("network_id"));
        if (!isOvn)
        {
            for (var number = 0; number < DhcpAgentsPerNetwork; number++)
            {
                Serve(network, subnet, "network:dhcp", $"dhcp{number}-{network.Id}");
            }
        }
        else if ((int?)subnet["ip_version"] is 4)
        {
            Serve(network, subnet, "network:distributed", $"ovnmeta-{network.Id}");
        }
    }

    private void Serve(FakeNetworkItem network, FakeNetworkItem subnet, string owner, string device)
    {
        try
        {
            if (PortsOf(device).FirstOrDefault() is not { } port)
            {
                var asked = new JsonObject
                {
                    ["network_id"] = network.Id, ["project_id"] = network.ProjectId, ["device_owner"] = owner, ["device_id"] = device,
                    ["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = subnet.Id }),
                };
                if (!isOvn)
                {
                    asked["binding:host_id"] = "ctl-1";
                }

                SetStatus(Create(Operator, collections["ports"], asked), isOvn ? "DOWN" : "ACTIVE");
            }
            else if (!port.List("fixed_ips").Any(ip => (string?)ip["subnet_id"] == subnet.Id))
            {
                Update(Operator, collections["ports"], port, new JsonObject
                {
                    ["fixed_ips"] = new JsonArray([.. port.List("fixed_ips").Select(ip => ip.DeepClone()), new JsonObject { ["subnet_id"] = subnet.Id }]),
                });
            }
        }
        catch (FakeRefusal refusal) when (refusal.Code is "IpAddressGenerationFailure")
        {
            // An agent without an address logs it and does not serve the subnet.
        }
    }
}

/// <summary>Addresses of one subnet.</summary>
internal sealed class FakeSubnetPool(FakePrefix prefix)
{
    private UInt128 cursor;

    public FakePrefix Prefix => prefix;

    public List<(UInt128 First, UInt128 Last)> Pools { get; set; } = [];

    /// <summary>Port ids by address.</summary>
    public Dictionary<UInt128, string> Users { get; } = [];

    /// <summary>A free one of the pools; null when there is none.</summary>
    public UInt128? Next()
    {
        // From where the last one was found on, then from the beginning: ten thousand of them stay linear.
        foreach (var from in new[] { cursor, UInt128.Zero })
        {
            foreach (var (first, last) in Pools)
            {
                for (var address = UInt128.Max(first, from); address <= last; address++)
                {
                    if (!Users.ContainsKey(address))
                    {
                        return cursor = address;
                    }
                }
            }
        }

        return null;
    }
}
