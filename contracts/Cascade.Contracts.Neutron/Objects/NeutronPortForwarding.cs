using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>
/// neutron/objects/port_forwarding.py: PortForwarding, or what a floating IP's dictionary tells of it. Its pushes are all that tells of it, and unlike others the push of its
/// deletion is whole. It is pulled with <c>BulkPull.Of(NeutronObjects.PortForwarding, "floatingip_id", …)</c>.
/// </summary>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronPortForwarding(string Id, JsonObject Raw)
{
    /// <summary>Only in the object, as are the ranges and the rest that a dictionary has not.</summary>
    public string? FloatingIpId { get; init; }

    public string? FloatingIpAddress { get; init; }

    public string? RouterId { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c>, <c>icmp</c> …</summary>
    public string? Protocol { get; init; }

    /// <summary>Null when it forwards a range of more than one.</summary>
    public int? ExternalPort { get; init; }

    /// <summary><c>first:last</c>, of one port too.</summary>
    public string? ExternalPortRange { get; init; }

    public string? InternalPortId { get; init; }

    public string? InternalIpAddress { get; init; }

    /// <summary>Null when it forwards to a range of more than one.</summary>
    public int? InternalPort { get; init; }

    public string? InternalPortRange { get; init; }

    public string? Description { get; init; }

    public int? RevisionNumber { get; init; }

    public static NeutronPortForwarding? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronPortForwarding? Read(JsonObject? json)
    {
        if (json.Fields() is not { } fields || fields.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, fields)
        {
            FloatingIpId = fields.Text("floatingip_id"),
            FloatingIpAddress = fields.Text("floating_ip_address"),
            RouterId = fields.Text("router_id"),
            Protocol = fields.Text("protocol"),
            ExternalPort = fields.Number("external_port"),
            ExternalPortRange = fields.Text("external_port_range"),
            InternalPortId = fields.Text("internal_port_id"),
            InternalIpAddress = fields.Text("internal_ip_address"),
            InternalPort = fields.Number("internal_port"),
            InternalPortRange = fields.Text("internal_port_range"),
            Description = fields.Text("description"),
            RevisionNumber = fields.Number("revision_number"),
        };
    }
}
