namespace Cascade.OpenStack;

/// <summary>How long one service may take.</summary>
/// <param name="Attempt">One request and the head of its answer.</param>
/// <param name="Total">All attempts of one call together, pauses included.</param>
public sealed record ServiceTimeouts(TimeSpan Attempt, TimeSpan Total)
{
    /// <summary>A Nova create validates image, flavor, networks and quota, each by a call to another service, before it answers.</summary>
    public static ServiceTimeouts Default { get; } = new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(240));

    /// <summary>Tokens and versions come at once or not at all.</summary>
    public static ServiceTimeouts Short { get; } = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
}
