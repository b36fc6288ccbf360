using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A subnet (neutron_lib/api/definitions/subnet.py).</summary>
public sealed record Subnet : IStamped
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public string? NetworkId { get; init; }

    /// <summary>4 or 6.</summary>
    public int? IpVersion { get; init; }

    public string? Cidr { get; init; }

    /// <summary>Null for none.</summary>
    public string? GatewayIp { get; init; }

    public bool? EnableDhcp { get; init; }

    public IReadOnlyList<AllocationPool>? AllocationPools { get; init; }

    public IReadOnlyList<string>? DnsNameservers { get; init; }

    public IReadOnlyList<HostRoute>? HostRoutes { get; init; }

    /// <summary><c>slaac</c>, <c>dhcpv6-stateful</c>, <c>dhcpv6-stateless</c>, or null.</summary>
    public string? Ipv6RaMode { get; init; }

    public string? Ipv6AddressMode { get; init; }

    public string? SubnetpoolId { get; init; }

    public string? SegmentId { get; init; }

    public IReadOnlyList<string>? ServiceTypes { get; init; }

    public bool? DnsPublishFixedIp { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whole seconds of the cloud's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Goes up with every change; for <c>If-Match</c>.</summary>
    public long? RevisionNumber { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>First and last address that Neutron may give out by itself.</summary>
public sealed record AllocationPool(string Start, string End);

public sealed record HostRoute(string Destination, string Nexthop);
