namespace Cascade.Oslo.Config;

/// <summary>Where a value was written: a file and its line (1-based), an environment variable, or the command line.</summary>
public sealed record ConfigOrigin(string Source, int Line = 0)
{
    /// <summary>The full path when the value stands in a file, otherwise null.</summary>
    public string? File => Line > 0 ? Source : null;

    public override string ToString() => Line > 0 ? $"{Source}:{Line}" : Source;
}
