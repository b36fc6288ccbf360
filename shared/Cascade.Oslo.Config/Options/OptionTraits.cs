namespace Cascade.Oslo.Config;

/// <summary>What an option is besides its type and default; the words are oslo.config's.</summary>
public sealed record OptionTraits
{
    public static OptionTraits None { get; } = new();

    /// <summary>Start is refused without a value.</summary>
    public bool Required { get; init; }

    /// <summary>Never shown: dumps, reports and log lines mask it.</summary>
    public bool Secret { get; init; }

    /// <summary>Taken over on SIGHUP while running; a change of any other option waits for a restart.</summary>
    public bool Mutable { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>The only words allowed; null allows any.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Older names, as <c>name</c> (same group) or <c>group.name</c>; still read, with a warning.</summary>
    public IReadOnlyList<string> Deprecated { get; init; } = [];

    /// <summary>Other spellings that are right too, as <c>name</c>; read without a warning.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Shown in the sample instead of the default, where the default is nothing or is found at run time.</summary>
    public string? Sample { get; init; }
}
