using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>neutron/objects/address_group.py: AddressGroup.</summary>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronAddressGroup(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? Shared { get; init; }

    /// <summary>CIDRs, in any order.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public int? RevisionNumber { get; init; }

    public static NeutronAddressGroup? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronAddressGroup? Read(JsonObject? json)
    {
        if (json.Fields() is not { } fields || fields.Text("id") is not { } id)
        {
            return null;
        }

        var associations = fields.Each("addresses").Select(of => of.Text("address")).OfType<string>().ToList();
        return new(id, fields)
        {
            ProjectId = fields.Text("project_id") ?? fields.Text("tenant_id"),
            Name = fields.Text("name"),
            Description = fields.Text("description"),
            Shared = fields.Flag("shared"),
            Addresses = associations.Count > 0 ? associations : fields.Texts("addresses"),
            RevisionNumber = fields.Number("revision_number"),
        };
    }
}
