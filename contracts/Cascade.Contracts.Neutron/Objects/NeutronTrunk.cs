using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>neutron/objects/trunk.py: Trunk. Its <c>pull</c> asks by the id of the parent port.</summary>
/// <param name="PortId">The port that carries it.</param>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronTrunk(string Id, string? PortId, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? AdminStateUp { get; init; }

    /// <summary>ACTIVE, DOWN, BUILD, DEGRADED or ERROR.</summary>
    public string? Status { get; init; }

    public IReadOnlyList<NeutronSubPort> SubPorts { get; init; } = [];

    public int? RevisionNumber { get; init; }

    public static NeutronTrunk? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronTrunk? Read(JsonObject? json)
    {
        if (json.Fields() is not { } fields || fields.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, fields.Text("port_id"), fields)
        {
            ProjectId = fields.Text("project_id") ?? fields.Text("tenant_id"),
            Name = fields.Text("name"),
            Description = fields.Text("description"),
            AdminStateUp = fields.Flag("admin_state_up"),
            Status = fields.Text("status"),
            SubPorts = [.. fields.Each("sub_ports").Select(NeutronSubPort.Read).OfType<NeutronSubPort>()],
            RevisionNumber = fields.Number("revision_number"),
        };
    }
}

/// <summary>neutron/objects/trunk.py: SubPort.</summary>
/// <param name="TrunkId">Missing in a port's dictionary.</param>
/// <param name="SegmentationType"><c>vlan</c>.</param>
public sealed record NeutronSubPort(string PortId, string? TrunkId, string? SegmentationType, int? SegmentationId)
{
    public static NeutronSubPort? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it names no port.</summary>
    public static NeutronSubPort? Read(JsonObject? json) =>
        json.Fields() is { } fields && fields.Text("port_id") is { } port
            ? new(port, fields.Text("trunk_id"), fields.Text("segmentation_type"), fields.Number("segmentation_id"))
            : null;
}
