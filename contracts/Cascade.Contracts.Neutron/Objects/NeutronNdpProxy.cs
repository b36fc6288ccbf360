using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>neutron/objects/ndp_proxy.py: NDPProxy: an IPv6 address that is reached from outside through the router.</summary>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronNdpProxy(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? RouterId { get; init; }

    public string? PortId { get; init; }

    public string? IpAddress { get; init; }

    public int? RevisionNumber { get; init; }

    public static NeutronNdpProxy? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronNdpProxy? Read(JsonObject? json)
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
            RouterId = fields.Text("router_id"),
            PortId = fields.Text("port_id"),
            IpAddress = fields.Text("ip_address"),
            RevisionNumber = fields.Number("revision_number"),
        };
    }
}
