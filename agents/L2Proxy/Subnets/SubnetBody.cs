using System.Net;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Subnets;

/// <summary>What to send so that the child's subnet is as wanted: nothing, when it is.</summary>
internal static class SubnetBody
{
    public static SubnetCreate Create(WantedSubnet wanted, string networkId, string projectId) => new()
    {
        NetworkId = networkId,
        ProjectId = projectId,
        IpVersion = wanted.IpVersion,
        Cidr = wanted.Cidr,
        Name = wanted.Name,
        Description = wanted.Description,
        GatewayIp = wanted.GatewayIp,
        EnableDhcp = wanted.EnableDhcp,
        AllocationPools = Pools(wanted),
        DnsNameservers = wanted.DnsNameservers,
        HostRoutes = Routes(wanted),
        Ipv6AddressMode = wanted.Ipv6AddressMode,
        Ipv6RaMode = wanted.Ipv6RaMode,
    };

    /// <returns>Null when there is nothing to change. What cannot be changed after a create is never in it.</returns>
    public static Change<SubnetUpdate>? Difference(Subnet seen, WantedSubnet wanted)
    {
        var differing = new Differing();
        var update = new SubnetUpdate
        {
            Name = differing.Of("name", seen.Name != wanted.Name, wanted.Name),
            GatewayIp = differing.Of<Settable>("gateway_ip", !SameAddress(seen.GatewayIp, wanted.GatewayIp), wanted.GatewayIp),
            EnableDhcp = differing.Of<bool?>("enable_dhcp", seen.EnableDhcp != wanted.EnableDhcp, wanted.EnableDhcp),
            AllocationPools = differing.Of("allocation_pools", !SamePools(seen, wanted), Pools(wanted)),
            DnsNameservers = differing.Of("dns_nameservers", !(seen.DnsNameservers ?? []).SequenceEqual(wanted.DnsNameservers), wanted.DnsNameservers),
            HostRoutes = differing.Of("host_routes", !SameRoutes(seen, wanted), Routes(wanted)),
        };
        return differing.ToChange(update);
    }

    static IReadOnlyList<AllocationPool> Pools(WantedSubnet wanted) => [.. wanted.Pool.Select(address => new AllocationPool(address, address))];

    static IReadOnlyList<HostRoute> Routes(WantedSubnet wanted) => [.. wanted.HostRoutes.Select(route => new HostRoute(route.Destination!, route.Nexthop!))];

    static bool SameRoutes(Subnet seen, WantedSubnet wanted) =>
        (seen.HostRoutes ?? []).Select(route => (route.Destination, route.Nexthop)).ToHashSet().SetEquals(wanted.HostRoutes.Select(route => (route.Destination!, route.Nexthop!)));

    /// <summary>Neighbouring pools may come back as one (neutron/db/ipam_backend_mixin.py: _rebuild_availability_ranges): what counts is which addresses they hold.</summary>
    static bool SamePools(Subnet seen, WantedSubnet wanted)
    {
        var held = (seen.AllocationPools ?? []).Select(pool => (First: Number(pool.Start), Last: Number(pool.End))).ToList();
        var all = wanted.Pool.Select(Number).ToHashSet();
        return held.Aggregate(UInt128.Zero, (sum, pool) => sum + (pool.Last - pool.First + UInt128.One)) == (UInt128)all.Count
            && all.All(address => held.Any(pool => pool.First <= address && address <= pool.Last));
    }

    static bool SameAddress(string? one, string? other) =>
        string.IsNullOrEmpty(one) ? string.IsNullOrEmpty(other) : !string.IsNullOrEmpty(other) && IPAddress.Parse(one).Equals(IPAddress.Parse(other));

    static UInt128 Number(string address) => IPAddress.Parse(address).GetAddressBytes().Aggregate(UInt128.Zero, (sum, part) => (sum << 8) | part);
}
