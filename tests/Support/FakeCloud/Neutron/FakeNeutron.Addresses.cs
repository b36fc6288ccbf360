using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Addresses of ports (neutron/db/ipam_pluggable_backend.py, ipam/drivers/neutrondb_ipam/driver.py).</summary>
public sealed partial class FakeNeutron
{
    /// <summary>What a port gets; it is not taken yet. Null: one of each kind of subnet.</summary>
    private JsonArray Allocate(FakeNetworkItem port, FakeNetworkItem network, JsonArray? asked, HashSet<(string, UInt128)>? kept = null)
    {
        var subnets = SubnetsOf(network.Id).ToList();
        var chosen = new List<(FakeNetworkItem Subnet, UInt128 Address)>();
        if (asked is null)
        {
            // _allocate_ips_for_port: the first with room of the IPv4 ones and of the stateful IPv6 ones.
            foreach (var kind in new[] { subnets.Where(one => (int)one["ip_version"]! is 4), subnets.Where(one => (int)one["ip_version"]! is 6 && !IsAutomatic(one)) })
            {
                var all = kind.ToList();
                if (all.Count > 0)
                {
                    var room = all.Find(one => Free(one) is not null) ?? throw NoAddress(network.Id);
                    chosen.Add((room, Free(room)!.Value));
                }
            }
        }

        foreach (var ip in asked ?? [])
        {
            var subnet = SubnetFor(network, subnets, ip!);
            if ((string?)ip!["ip_address"] is { } text)
            {
                FakePrefix.TryAddress(text, out _, out var address);
                if (IsAutomatic(subnet) && pools[subnet.Id].Prefix.Eui64(port.Text("mac_address")) != address)
                {
                    throw new FakeRefusal(
                        400,
                        $"Invalid input for operation: IPv6 address {text} cannot be directly assigned to a port on subnet {subnet.Id} as the subnet is configured for automatic addresses.",
                        "AllocationOnAutoAddressSubnet");
                }

                if (kept?.Contains((subnet.Id, address)) is not true && pools[subnet.Id].Users.TryGetValue(address, out var user) && user != port.Id)
                {
                    throw new FakeRefusal(409, $"IP address {text} already allocated in subnet {subnet.Id}", "IpAddressAlreadyAllocated");
                }

                chosen.Add((subnet, address));
            }
            else if (!IsAutomatic(subnet))
            {
                chosen.Add((subnet, Free(subnet) ?? throw NoAddress(network.Id)));
            }
        }

        if (!port.Text("device_owner").StartsWith("network:router", StringComparison.Ordinal))
        {
            // Every subnet of automatic addresses is included, asked for or not (_get_auto_address_ips), unless no address at all was asked for.
            foreach (var subnet in subnets.Where(one => IsAutomatic(one) && asked is not { Count: 0 } && !chosen.Exists(has => has.Subnet == one)))
            {
                chosen.Add((subnet, pools[subnet.Id].Prefix.Eui64(port.Text("mac_address"))));
            }
        }

        return new JsonArray([.. chosen.Select(one => new JsonObject
        {
            ["subnet_id"] = one.Subnet.Id, ["ip_address"] = pools[one.Subnet.Id].Prefix.Text(one.Address),
        })]);

        UInt128? Free(FakeNetworkItem subnet)
        {
            var pool = pools[subnet.Id];
            var held = chosen.Where(one => one.Subnet == subnet && pool.Users.TryAdd(one.Address, port.Id)).Select(one => one.Address).ToList();
            var next = pool.Next();
            held.ForEach(address => pool.Users.Remove(address));
            return next;
        }
    }

    private JsonArray Reallocate(FakeNetworkItem port, FakeNetworkItem network, JsonArray asked)
    {
        Free(port);
        try
        {
            var got = Allocate(port, network, asked);
            Take(port.Id, got);
            return got;
        }
        catch (FakeRefusal)
        {
            Allocated(port);
            throw;
        }
    }

    // ipam_backend_mixin.py: _get_subnet_for_fixed_ip.
    private FakeNetworkItem SubnetFor(FakeNetworkItem network, List<FakeNetworkItem> subnets, JsonNode ip)
    {
        if (subnets.Count is 0)
        {
            throw Invalid("IP allocation requires subnets for network");
        }

        var text = (string?)ip["ip_address"];
        var version = 0;
        UInt128 address = 0;
        if (text is not null && !FakePrefix.TryAddress(text, out version, out address))
        {
            throw new FakeRefusal(400, $"Invalid input for fixed_ips. Reason: '{text}' is not a valid IP address.", "HTTPBadRequest");
        }

        if ((string?)ip["subnet_id"] is { } id)
        {
            var named = subnets.Find(one => one.Id == id);
            if (named is null)
            {
                Existing("subnets", id);
                throw Invalid($"Failed to create port on network {network.Id}, because fixed_ips included invalid subnet {id}");
            }

            return text is null || Fits(named)
                ? named
                : throw new FakeRefusal(400, $"IP address {text} is not a valid IP for the specified subnet.", "InvalidIpForSubnet");
        }

        return text is null
            ? throw Invalid("IP allocation requires subnet_id or ip_address")
            : subnets.Find(Fits) ?? throw new FakeRefusal(400, $"IP address {text} is not a valid IP for any of the subnets on the specified network.", "InvalidIpForNetwork");

        bool Fits(FakeNetworkItem subnet)
        {
            var prefix = pools[subnet.Id].Prefix;
            return prefix.Holds(version, address) && !(address == prefix.First && prefix.Length < (version is 4 ? 31 : 127))
                && !(version is 4 && prefix.Length <= 30 && address == prefix.Last);
        }
    }

    private void Allocated(FakeNetworkItem port) => Take(port.Id, port["fixed_ips"] as JsonArray ?? []);

    private void Take(string portId, JsonArray ips) => Each(ips, (pool, address) => pool.Users[address] = portId);

    private void Free(FakeNetworkItem port) => Each(port["fixed_ips"] as JsonArray ?? [], (pool, address) =>
    {
        if (pool.Users.GetValueOrDefault(address) == port.Id)
        {
            pool.Users.Remove(address);
        }
    });

    private void Each(JsonArray ips, Action<FakeSubnetPool, UInt128> work)
    {
        foreach (var ip in ips)
        {
            if ((string?)ip!["subnet_id"] is { } id && pools.TryGetValue(id, out var pool) && FakePrefix.TryAddress((string?)ip["ip_address"], out _, out var address))
            {
                work(pool, address);
            }
        }
    }

    private static FakeRefusal NoAddress(string networkId) => new(409, $"No more IP addresses available on network {networkId}.", "IpAddressGenerationFailure");
}
