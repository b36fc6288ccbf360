namespace Cascade.OpenStack.Image;

/// <summary>Which images to list.</summary>
public sealed record ImageFilter
{
    public string? Name { get; init; }

    public string? Status { get; init; }

    /// <summary><c>all</c> shows also hidden kinds such as community images.</summary>
    public string? Visibility { get; init; }

    public string? Owner { get; init; }

    public string? OsHashValue { get; init; }

    /// <summary>One tag it must carry.</summary>
    public string? Tag { get; init; }

    /// <summary>Properties of its own with the values that they must have.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    public int? Limit { get; init; }

    public string? Marker { get; init; }

    internal string ToQuery() => (Properties ?? new Dictionary<string, string>()).Aggregate(BuiltIn(), (query, property) => query.Add(Uri.EscapeDataString(property.Key), property.Value)).ToString();

    private Http.Query BuiltIn() => new Http.Query()
        .Add("name", Name)
        .Add("status", Status)
        .Add("visibility", Visibility)
        .Add("owner", Owner)
        .Add("os_hash_value", OsHashValue)
        .Add("tag", Tag)
        .Add("limit", Limit)
        .Add("marker", Marker);
}
