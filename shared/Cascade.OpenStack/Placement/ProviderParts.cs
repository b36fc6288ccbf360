namespace Cascade.OpenStack.Placement;

/// <summary>Traits of a provider, with the generation they were read at (1.6).</summary>
public sealed record ProviderTraits(int ResourceProviderGeneration, IReadOnlyList<string> Traits);

/// <summary>Aggregates of a provider, with the generation they were read at (1.19).</summary>
public sealed record ProviderAggregates(int ResourceProviderGeneration, IReadOnlyList<string> Aggregates);

/// <summary>What is taken of each class of a provider.</summary>
public sealed record ProviderUsages(int ResourceProviderGeneration, IReadOnlyDictionary<string, int> Usages);

internal sealed record TraitList(IReadOnlyList<string>? Traits);
