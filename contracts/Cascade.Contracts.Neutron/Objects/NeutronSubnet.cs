using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>A subnet, read from the object (neutron/objects/subnet.py: Subnet) or from the dictionary inside get_network_info.</summary>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronSubnet(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? NetworkId { get; init; }

    public string? SegmentId { get; init; }

    public string? SubnetpoolId { get; init; }

    /// <summary>4 or 6.</summary>
    public int? IpVersion { get; init; }

    public string? Cidr { get; init; }

    public string? GatewayIp { get; init; }

    public bool? EnableDhcp { get; init; }

    public IReadOnlyList<AllocationPool> AllocationPools { get; init; } = [];

    /// <summary>In the order in which they are to be asked.</summary>
    public IReadOnlyList<string> DnsNameservers { get; init; } = [];

    public IReadOnlyList<HostRoute> HostRoutes { get; init; } = [];

    /// <summary><c>slaac</c>, <c>dhcpv6-stateful</c>, <c>dhcpv6-stateless</c> or null.</summary>
    public string? Ipv6RaMode { get; init; }

    public string? Ipv6AddressMode { get; init; }

    public bool? DnsPublishFixedIp { get; init; }

    public IReadOnlyList<string> ServiceTypes { get; init; } = [];

    public int? RevisionNumber { get; init; }

    public static NeutronSubnet? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronSubnet? Read(JsonObject? json)
    {
        if (json.Fields() is not { } fields || fields.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, fields)
        {
            ProjectId = fields.Text("project_id") ?? fields.Text("tenant_id"),
            Name = fields.Text("name"),
            NetworkId = fields.Text("network_id"),
            SegmentId = fields.Text("segment_id"),
            SubnetpoolId = fields.Text("subnetpool_id"),
            IpVersion = fields.Number("ip_version"),
            Cidr = fields.Text("cidr"),
            GatewayIp = fields.Text("gateway_ip"),
            EnableDhcp = fields.Flag("enable_dhcp"),
            AllocationPools = [.. fields.Each("allocation_pools").Select(pool => new AllocationPool(pool.Text("start"), pool.Text("end")))],
            DnsNameservers = Nameservers(fields),
            HostRoutes = [.. fields.Each("host_routes").Select(route => new HostRoute(route.Text("destination"), route.Text("nexthop")))],
            Ipv6RaMode = fields.Text("ipv6_ra_mode"),
            Ipv6AddressMode = fields.Text("ipv6_address_mode"),
            DnsPublishFixedIp = fields.Flag("dns_publish_fixed_ip"),
            ServiceTypes = fields.Texts("service_types"),
            RevisionNumber = fields.Number("revision_number"),
        };
    }

    // Objects with an order here, plain texts there.
    static IReadOnlyList<string> Nameservers(JsonObject fields) => fields.Each("dns_nameservers").ToList() is { Count: > 0 } servers
        ? [.. servers.OrderBy(server => server.Number("order") ?? 0).Select(server => server.Text("address")).OfType<string>()]
        : fields.Texts("dns_nameservers");
}

/// <summary>Both ends belong to it.</summary>
public sealed record AllocationPool(string? Start, string? End);

/// <param name="Destination">A CIDR.</param>
public sealed record HostRoute(string? Destination, string? Nexthop);
