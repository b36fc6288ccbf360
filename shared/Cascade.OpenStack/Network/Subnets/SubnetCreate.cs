using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A subnet to make; null members are not sent.</summary>
public sealed record SubnetCreate
{
    public required string NetworkId { get; init; }

    public required int IpVersion { get; init; }

    public string? Cidr { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>Not said: the first address of the range; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable GatewayIp { get; init; }

    public bool? EnableDhcp { get; init; }

    /// <summary>
    /// Not said, and empty too: all but the gateway (neutron/ipam/drivers/neutrondb_ipam/driver.py: create_from_subnet_request takes an empty list for
    /// none said). For no pool at all create it without DHCP, then update the pools to an empty list.
    /// </summary>
    public IReadOnlyList<AllocationPool>? AllocationPools { get; init; }

    public IReadOnlyList<string>? DnsNameservers { get; init; }

    public IReadOnlyList<HostRoute>? HostRoutes { get; init; }

    public string? Ipv6RaMode { get; init; }

    public string? Ipv6AddressMode { get; init; }

    public string? SubnetpoolId { get; init; }

    public string? SegmentId { get; init; }

    public IReadOnlyList<string>? ServiceTypes { get; init; }

    public bool? DnsPublishFixedIp { get; init; }
}
