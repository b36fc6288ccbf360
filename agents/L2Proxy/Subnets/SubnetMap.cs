using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Child;

namespace Cascade.L2Proxy.Subnets;

/// <summary>The parent's subnet in the child's words. The pools hold nothing but the addresses that the parent reserved for this child (D11).</summary>
internal static class SubnetMap
{
    /// <summary>A prefix that is still to be delegated (neutron_lib/constants.py: PROVISIONAL_IPV6_PD_PREFIX) is no subnet yet.</summary>
    public static bool IsReal(NeutronSubnet of) => of.Cidr is not (null or "::/64");

    /// <remarks>
    /// <c>service_types</c> stay in the parent: they say who gets an address of a subnet, which only the parent decides, and in the child they would refuse our
    /// ports, which name their addresses before a server gives them an owner (neutron/db/ipam_pluggable_backend.py: _test_fixed_ips_for_port).
    /// </remarks>
    /// <param name="of">As the parent has it.</param>
    /// <param name="reserved">Addresses of it that the parent set aside for the child's own use.</param>
    public static WantedSubnet Wanted(NeutronSubnet of, IReadOnlyList<string> reserved) => new(of.Id, of.Cidr!, of.IpVersion ?? 4)
    {
        Name = of.Name ?? "",
        GatewayIp = of.GatewayIp,
        EnableDhcp = of.EnableDhcp ?? true,
        DnsNameservers = of.DnsNameservers,
        HostRoutes = [.. of.HostRoutes.Where(route => route is { Destination: not null, Nexthop: not null })],
        Ipv6AddressMode = of.Ipv6AddressMode,
        Ipv6RaMode = of.Ipv6RaMode,
        Pool = reserved,
    };

    /// <summary>
    /// Whether its addresses are made of the MAC: then a port names the subnet and not the address (neutron/common/ipv6_utils.py: is_auto_address_subnet).
    /// </summary>
    public static bool IsAutomatic(NeutronSubnet of) => of.Ipv6AddressMode is "slaac" or "dhcpv6-stateless" || of.Ipv6RaMode is "slaac" or "dhcpv6-stateless";
}

/// <param name="ParentId">What the stamp names.</param>
internal sealed record WantedSubnet(string ParentId, string Cidr, int IpVersion)
{
    public string Description => Stamp.Of(ParentId);

    public string Name { get; init; } = "";

    public string? GatewayIp { get; init; }

    public bool EnableDhcp { get; init; } = true;

    /// <summary>In order.</summary>
    public IReadOnlyList<string> DnsNameservers { get; init; } = [];

    public IReadOnlyList<HostRoute> HostRoutes { get; init; } = [];

    /// <summary>Cannot be changed after the create.</summary>
    public string? Ipv6AddressMode { get; init; }

    public string? Ipv6RaMode { get; init; }

    /// <summary>Each a pool of one.</summary>
    public IReadOnlyList<string> Pool { get; init; } = [];
}
