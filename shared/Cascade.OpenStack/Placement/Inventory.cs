using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Placement;

/// <summary>What a provider has of one resource class (placement/schemas/inventory.py).</summary>
public sealed record Inventory
{
    /// <summary>At least 1.</summary>
    public required int Total { get; init; }

    /// <summary>From 1.26 on it may be as large as the total.</summary>
    public int Reserved { get; init; }

    public int MinUnit { get; init; } = 1;

    /// <summary>Largest amount that one allocation may take.</summary>
    public int MaxUnit { get; init; } = int.MaxValue;

    public int StepSize { get; init; } = 1;

    public double AllocationRatio { get; init; } = 1.0;
}

/// <summary>All inventories of a provider, with the generation they were read at.</summary>
public sealed record Inventories(
    [property: JsonRequired] int ResourceProviderGeneration,
    [property: JsonPropertyName("inventories"), JsonRequired] IReadOnlyDictionary<string, Inventory> Classes);
