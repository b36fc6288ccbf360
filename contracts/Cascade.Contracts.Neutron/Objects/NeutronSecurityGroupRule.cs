using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>
/// neutron/objects/securitygroup.py: SecurityGroupRule. A rule is never changed, only made and deleted. Exactly one of the three remotes is set, or none:
/// then it is anybody.
/// </summary>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronSecurityGroupRule(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? SecurityGroupId { get; init; }

    /// <summary><c>ingress</c> or <c>egress</c>.</summary>
    public string? Direction { get; init; }

    /// <summary><c>IPv4</c> or <c>IPv6</c>.</summary>
    public string? Ethertype { get; init; }

    /// <summary>A name or a number as text; null is any.</summary>
    public string? Protocol { get; init; }

    /// <summary>The ICMP type when the protocol is ICMP.</summary>
    public int? PortRangeMin { get; init; }

    /// <summary>The ICMP code when the protocol is ICMP.</summary>
    public int? PortRangeMax { get; init; }

    public string? RemoteGroupId { get; init; }

    public string? RemoteAddressGroupId { get; init; }

    /// <summary>As the caller wrote it; this is what is sent on.</summary>
    public string? RemoteIpPrefix { get; init; }

    /// <summary>The same as a network address; never to be sent.</summary>
    public string? NormalizedCidr { get; init; }

    public string? Description { get; init; }

    public int? RevisionNumber { get; init; }

    public static NeutronSecurityGroupRule? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronSecurityGroupRule? Read(JsonObject? json)
    {
        if (json.Fields() is not { } fields || fields.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, fields)
        {
            ProjectId = fields.Text("project_id") ?? fields.Text("tenant_id"),
            SecurityGroupId = fields.Text("security_group_id"),
            Direction = fields.Text("direction"),
            Ethertype = fields.Text("ethertype"),
            Protocol = fields.Text("protocol") ?? fields.Number("protocol")?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            PortRangeMin = fields.Number("port_range_min"),
            PortRangeMax = fields.Number("port_range_max"),
            RemoteGroupId = fields.Text("remote_group_id"),
            RemoteAddressGroupId = fields.Text("remote_address_group_id"),
            RemoteIpPrefix = fields.Text("remote_ip_prefix"),
            NormalizedCidr = fields.Text("normalized_cidr"),
            Description = fields.Text("description"),
            RevisionNumber = fields.Number("revision_number"),
        };
    }
}
