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

    public int? Limit { get; init; }

    public string? Marker { get; init; }

    internal string ToQuery() => new Http.Query()
        .Add("name", Name)
        .Add("status", Status)
        .Add("visibility", Visibility)
        .Add("owner", Owner)
        .Add("os_hash_value", OsHashValue)
        .Add("tag", Tag)
        .Add("limit", Limit)
        .Add("marker", Marker)
        .ToString();
}
