namespace Cascade.Support;

/// <summary>A flavor of the fake Nova.</summary>
public sealed record FakeFlavor
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required int Vcpus { get; init; }

    public required int Ram { get; init; }

    public required int Disk { get; init; }

    public int Ephemeral { get; init; }

    public int Swap { get; init; }

    public bool IsPublic { get; init; } = true;

    public string? Description { get; init; }

    public Dictionary<string, string> ExtraSpecs { get; init; } = [];

    /// <summary>Projects that may use it while it is private.</summary>
    public HashSet<string> Access { get; init; } = [];
}
