namespace Cascade.Support;

/// <summary>A token that the fake gave out.</summary>
public sealed class FakeToken
{
    public required string Value { get; init; }

    public required string UserId { get; init; }

    public required string ProjectId { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public bool IsRevoked { get; set; }
}
