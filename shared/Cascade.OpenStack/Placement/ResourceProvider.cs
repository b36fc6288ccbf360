using System.Diagnostics.CodeAnalysis;

namespace Cascade.OpenStack.Placement;

/// <summary>A resource provider (placement/handlers/resource_provider.py: _serialize_provider, 1.14).</summary>
public sealed record ResourceProvider
{
    public required string Uuid { get; init; }

    [AllowNull]
    public string Name { get => field ?? ""; init; }

    public int Generation { get; init; }

    public string? ParentProviderUuid { get; init; }

    public string? RootProviderUuid { get; init; }
}

internal sealed record ResourceProviderPage(List<ResourceProvider>? ResourceProviders);

internal sealed record ResourceProviderCreate(string Name, string? Uuid, string? ParentProviderUuid);

/// <summary>Which providers to list; null members do not filter.</summary>
public sealed record ResourceProviderFilter
{
    public string? Uuid { get; init; }

    public string? Name { get; init; }

    /// <summary>All providers of the tree that this one is in (1.14).</summary>
    public string? InTree { get; init; }

    /// <summary>In one of these aggregates (1.3).</summary>
    public IReadOnlyList<string>? MemberOfAny { get; init; }

    /// <summary>Having all of these traits; a leading <c>!</c> forbids one (1.22).</summary>
    public IReadOnlyList<string>? Required { get; init; }

    internal string ToQuery() => new Http.Query()
        .Add("uuid", Uuid)
        .Add("name", Name)
        .Add("in_tree", InTree)
        .Add("member_of", MemberOfAny is { Count: > 0 } any ? "in:" + string.Join(',', any) : null)
        .Add("required", Required)
        .ToString();
}
