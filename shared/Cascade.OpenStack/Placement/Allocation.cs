using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Placement;

/// <summary>What a consumer (an instance, a migration) has from one provider.</summary>
public sealed record Allocation([property: JsonRequired] IReadOnlyDictionary<string, int> Resources)
{
    /// <summary>The provider's, in an answer; not sent.</summary>
    public int? Generation { get; init; }
}

/// <summary>Everything a consumer has, by provider. No consumer: empty, without generation, project and user.</summary>
public sealed record ConsumerAllocations
{
    /// <summary>By provider UUID.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, Allocation> Allocations { get => field ?? None; init; }

    /// <summary>Null for a consumer that is new (1.28).</summary>
    public int? ConsumerGeneration { get; init; }

    public string? ProjectId { get; init; }

    public string? UserId { get; init; }

    private static readonly Dictionary<string, Allocation> None = [];
}

/// <summary>Everything a provider gives, by consumer UUID.</summary>
public sealed record ProviderAllocations(
    [property: JsonRequired] int ResourceProviderGeneration,
    [property: JsonRequired] IReadOnlyDictionary<string, Allocation> Allocations);

/// <summary>Body of a PUT: the generation is sent even when it is null, which says that the consumer is new
/// (placement/schemas/allocation.py: ALLOCATION_SCHEMA_V1_28).</summary>
internal sealed record AllocationsPut(
    IReadOnlyDictionary<string, AllocationPut> Allocations,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? ConsumerGeneration,
    string ProjectId,
    string UserId);

internal sealed record AllocationPut(IReadOnlyDictionary<string, int> Resources);

/// <summary>Body of a POST: several consumers in one transaction.</summary>
internal sealed class AllocationsPost : Dictionary<string, AllocationsPut>;
