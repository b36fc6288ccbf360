namespace Cascade.OpenStack;

/// <summary>A token and what Keystone said with it.</summary>
public sealed class Token
{
    /// <summary>What goes into <c>X-Auth-Token</c>. Not in <see cref="ToString"/>.</summary>
    internal string Value { get; init; } = "";

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string UserId { get; init; }

    public string? ProjectId { get; init; }

    public required Catalog Catalog { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    internal long GotAt { get; init; }

    internal TimeSpan GoodFor { get; init; }

    public override string ToString() => $"token of user {UserId} in project {ProjectId}, good until {ExpiresAt:O}";
}
