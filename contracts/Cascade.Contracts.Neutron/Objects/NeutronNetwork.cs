using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>
/// A network, read from the object (neutron/objects/network.py: Network) or from the dictionary of get_networks and network_update. The object
/// knows every segment, the dictionary the only one of a network that has one, and whether it is external.
/// </summary>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronNetwork(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Status { get; init; }

    public bool? AdminStateUp { get; init; }

    /// <summary>Shared with everybody; that a project alone has it by RBAC is not told.</summary>
    public bool? Shared { get; init; }

    /// <summary>Octets.</summary>
    public int? Mtu { get; init; }

    public bool? PortSecurityEnabled { get; init; }

    public string? QosPolicyId { get; init; }

    public string? DnsDomain { get; init; }

    public bool? VlanTransparent { get; init; }

    /// <summary>Only in the dictionary.</summary>
    public bool? External { get; init; }

    public IReadOnlyList<string> AvailabilityZoneHints { get; init; } = [];

    /// <summary>In the order of their index.</summary>
    public IReadOnlyList<NetworkSegment> Segments { get; init; } = [];

    public int? RevisionNumber { get; init; }

    public static NeutronNetwork? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronNetwork? Read(JsonObject? json)
    {
        if (json.Fields() is not { } fields || fields.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, fields)
        {
            ProjectId = fields.Text("project_id") ?? fields.Text("tenant_id"),
            Name = fields.Text("name"),
            Description = fields.Text("description"),
            Status = fields.Text("status"),
            AdminStateUp = fields.Flag("admin_state_up"),
            Shared = fields.Flag("shared"),
            Mtu = fields.Number("mtu"),
            PortSecurityEnabled = fields["security"].Fields()?.Flag("port_security_enabled") ?? fields.Flag("port_security_enabled"),
            QosPolicyId = fields.Text("qos_policy_id"),
            DnsDomain = fields.Text("dns_domain"),
            VlanTransparent = fields.Flag("vlan_transparent"),
            External = fields.Flag("router:external"),
            AvailabilityZoneHints = fields.Texts("availability_zone_hints"),
            Segments = NetworkSegment.ReadAll(fields, id),
            RevisionNumber = fields.Number("revision_number"),
        };
    }
}

/// <summary>neutron/objects/network.py: NetworkSegment.</summary>
/// <param name="Id">Null when read from a dictionary.</param>
/// <param name="NetworkType"><c>vxlan</c>, <c>geneve</c>, <c>gre</c>, <c>vlan</c>, <c>flat</c>, <c>local</c>.</param>
/// <param name="PhysicalNetwork">Null for tunnels.</param>
/// <param name="SegmentationId">VNI, key or VLAN; null for flat.</param>
public sealed record NetworkSegment(string? Id, string? NetworkId, string? NetworkType, string? PhysicalNetwork, int? SegmentationId, int? SegmentIndex, bool? IsDynamic)
{
    internal static IReadOnlyList<NetworkSegment> ReadAll(JsonObject network, string id) =>
        network["segments"] is JsonArray segments ? [.. segments.Each().Select(Provider).OrderBy(segment => segment.SegmentIndex ?? 0)]
        : network.Text("provider:network_type") is not null ? [Provider(network) with { Id = null, NetworkId = id, SegmentIndex = 0 }]
        : [];

    internal static NetworkSegment Read(JsonObject of) => Provider(of);

    // A dictionary of several segments (multi-provider) names them provider:… inside its list, too.
    static NetworkSegment Provider(JsonObject of) => new(
        of.Text("id"),
        of.Text("network_id"),
        of.Text("network_type") ?? of.Text("provider:network_type"),
        of.Text("physical_network") ?? of.Text("provider:physical_network"),
        of.Number("segmentation_id") ?? of.Number("provider:segmentation_id"),
        of.Number("segment_index"),
        of.Flag("is_dynamic"));
}
