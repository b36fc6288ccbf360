namespace Cascade.OpenStack;

/// <summary>How requests that may be repeated are repeated (GET, HEAD, DELETE, and what is named idempotent; a POST never).</summary>
public sealed record RetryOptions
{
    /// <summary>Repeats after the first attempt; 0 switches repeating off.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Pause before the first repeat; it doubles, with jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause; a <c>Retry-After</c> beyond it ends the call with the fault instead.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);
}
