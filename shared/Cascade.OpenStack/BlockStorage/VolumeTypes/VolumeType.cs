using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A volume type (cinder/api/v3/views/types.py: ViewBuilder.show).</summary>
public sealed record VolumeType
{
    public required string Id { get; init; }

    [AllowNull]
    public string Name { get => field ?? ""; init; }

    public string? Description { get; init; }

    public bool? IsPublic { get; init; }

    /// <summary>Null where policy hides them; a tenant sees <c>multiattach</c>, <c>RESKEY:availability_zones</c> and <c>replication_enabled</c> only.</summary>
    public IReadOnlyDictionary<string, string>? ExtraSpecs { get; init; }

    /// <summary>For administrators.</summary>
    public string? QosSpecsId { get; init; }

    /// <summary>Whether several servers may have its volumes (cinder/volume/api.py: _is_multiattach).</summary>
    [JsonIgnore]
    public bool IsMultiattach => ExtraSpecs?.GetValueOrDefault("multiattach") is "<is> True";
}

internal sealed record VolumeTypeBody([property: JsonRequired] VolumeType VolumeType);

internal sealed record VolumeTypePage(List<VolumeType>? VolumeTypes, [property: JsonPropertyName("volume_type_links")] List<PageLink>? Links);
