namespace Cascade.CinderProxy.Stamped;

/// <summary>What the parent should believe of a volume, a snapshot or a backup, by what was seen of it in the child.</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>It is as the parent believes, or somebody else's turn.</summary>
    public sealed record Nothing : Verdict
    {
        public static Nothing Instance { get; } = new();
    }

    /// <summary>The create has come to its end.</summary>
    public sealed record Created : Verdict;

    /// <summary>The child fills it from an image.</summary>
    public sealed record Downloading : Verdict;

    public sealed record CreateFailed(string Reason) : Verdict;

    /// <summary>The child confirmed that it is not there, and it was to go.</summary>
    public sealed record Deleted : Verdict;

    /// <summary>The child has not heard of the delete: asked again.</summary>
    public sealed record DeleteAgain : Verdict;

    public sealed record DeleteFailed(string Reason) : Verdict;

    /// <summary>The child has lost it, or its operator deleted it.</summary>
    public sealed record Vanished : Verdict;

    /// <summary>It went wrong in the child, by itself or by an operator's hand.</summary>
    public sealed record Errored(string ChildStatus) : Verdict;

    /// <summary>The child has done with a restore; how it went, the volume says.</summary>
    public sealed record RestoreOver : Verdict;

    public sealed record RestoreFailed(string Reason) : Verdict;

    /// <summary>What went wrong in the child is well again.</summary>
    public sealed record Recovered : Verdict;

    /// <summary>The child's operator made it larger.</summary>
    public sealed record Grown(int Size) : Verdict;
}
