using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;
using Cascade.OpenStack.Json;

namespace Cascade.OpenStack.Compute;

/// <summary>A flavor (nova/api/openstack/compute/views/flavors.py: ViewBuilder.show).</summary>
public sealed record Flavor
{
    public required string Id { get; init; }

    [AllowNull]
    public string Name { get => field ?? ""; init; }

    public int Vcpus { get; init; }

    /// <summary>MiB.</summary>
    public int Ram { get; init; }

    /// <summary>GiB.</summary>
    public int Disk { get; init; }

    /// <summary>GiB.</summary>
    [JsonPropertyName("OS-FLV-EXT-DATA:ephemeral")]
    public int Ephemeral { get; init; }

    /// <summary>MiB. Nova says an empty string for none below 2.75.</summary>
    [JsonConverter(typeof(SwapConverter))]
    public int Swap { get; init; }

    public double? RxtxFactor { get; init; }

    [JsonPropertyName("os-flavor-access:is_public")]
    public bool? IsPublic { get; init; }

    [JsonPropertyName("OS-FLV-DISABLED:disabled")]
    public bool? Disabled { get; init; }

    public string? Description { get; init; }

    /// <summary>Null below 2.61, or where policy hides them: ask <see cref="Flavors.ExtraSpecsAsync"/>.</summary>
    public IReadOnlyDictionary<string, string>? ExtraSpecs { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

internal sealed record FlavorBody([property: JsonRequired] Flavor Flavor);

internal sealed record FlavorPage(List<Flavor>? Flavors, List<PageLink>? FlavorsLinks);

internal sealed record ExtraSpecs([property: JsonPropertyName("extra_specs")] [property: JsonRequired] IReadOnlyDictionary<string, string> Specs);
