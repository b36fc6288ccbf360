using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>neutron/objects/securitygroup.py: SecurityGroup.</summary>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronSecurityGroup(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? Shared { get; init; }

    /// <summary>Null from a parent without the extension: then it is stateful.</summary>
    public bool? Stateful { get; init; }

    public bool? IsDefault { get; init; }

    /// <summary>Null when not loaded: only <c>bulk_pull</c> and the push of a group's creation or change have them.</summary>
    public IReadOnlyList<NeutronSecurityGroupRule>? Rules { get; init; }

    public int? RevisionNumber { get; init; }

    public static NeutronSecurityGroup? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronSecurityGroup? Read(JsonObject? json)
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
            Shared = fields.Flag("shared"),
            Stateful = fields.Flag("stateful"),
            IsDefault = fields.Flag("is_default"),
            Rules = fields["rules"] is JsonArray rules ? [.. rules.Each().Select(NeutronSecurityGroupRule.Read).OfType<NeutronSecurityGroupRule>()] : null,
            RevisionNumber = fields.Number("revision_number"),
        };
    }
}
