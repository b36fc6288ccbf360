using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Placement;

/// <summary>Traits of a provider, with the generation they were read at (1.6).</summary>
public sealed record ProviderTraits([property: JsonRequired] int ResourceProviderGeneration, [property: JsonRequired] IReadOnlyList<string> Traits);

/// <summary>Aggregates of a provider, with the generation they were read at (1.19).</summary>
public sealed record ProviderAggregates([property: JsonRequired] int ResourceProviderGeneration, [property: JsonRequired] IReadOnlyList<string> Aggregates);

/// <summary>What is taken of each class of a provider.</summary>
public sealed record ProviderUsages([property: JsonRequired] int ResourceProviderGeneration, [property: JsonRequired] IReadOnlyDictionary<string, int> Usages);

internal sealed record TraitList(IReadOnlyList<string>? Traits);

internal sealed record ResourceClassList(IReadOnlyList<ResourceClassName>? ResourceClasses);

internal sealed record ResourceClassName(string Name);
