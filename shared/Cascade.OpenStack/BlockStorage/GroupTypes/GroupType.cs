using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>What a group's volumes have in common (cinder/api/v3/views/group_types.py: ViewBuilder.show).</summary>
public sealed record GroupType
{
    public required string Id { get; init; }

    [AllowNull]
    public string Name { get => field ?? ""; init; }

    public string? Description { get; init; }

    public bool? IsPublic { get; init; }

    /// <summary>For administrators; null for others.</summary>
    public IReadOnlyDictionary<string, string>? GroupSpecs { get; init; }

    /// <summary>Whether the storage takes the snapshots of a group in one moment (cinder/volume/volume_utils.py: is_group_a_cg_snapshot_type).</summary>
    [JsonIgnore]
    public bool IsConsistent => GroupSpecs?.GetValueOrDefault("consistent_group_snapshot_enabled") is "<is> True";
}

internal sealed record GroupTypePage(List<GroupType>? GroupTypes, [property: JsonPropertyName("group_type_links")] List<PageLink>? Links);
