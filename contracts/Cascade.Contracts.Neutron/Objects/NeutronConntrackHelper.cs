using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>neutron/objects/conntrack_helper.py: ConntrackHelper, or what a router's dictionary tells of it.</summary>
/// <param name="Id">Only in the object, as is the router.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> …</param>
/// <param name="Helper"><c>tftp</c>, <c>ftp</c> …</param>
public sealed record NeutronConntrackHelper(string? Id, string? RouterId, string? Protocol, int? Port, string Helper)
{
    public static NeutronConntrackHelper? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it names no helper.</summary>
    public static NeutronConntrackHelper? Read(JsonObject? json) => json.Fields() is { } fields && fields.Text("helper") is { } helper
        ? new(fields.Text("id"), fields.Text("router_id"), fields.Text("protocol"), fields.Number("port"), helper)
        : null;
}
