namespace Cascade.Mirror.Vitals;

/// <summary>How something that goes on is at this moment; null for what it does not have.</summary>
public sealed record Vital
{
    /// <summary>What it is about, in the plural: <c>servers</c>, <c>ports</c>. Few words, ever the same: it is a label of metrics.</summary>
    public required string Kind { get; init; }

    /// <summary>Since the child was last looked at with success.</summary>
    public TimeSpan? SinceLook { get; init; }

    /// <summary>For how long the oldest that was seen waits to be told to the parent; zero when nothing waits.</summary>
    public TimeSpan? Untold { get; init; }

    public Pending? Pending { get; init; }

    /// <summary>What the child has of ours and nobody wants, listed and not yet gone.</summary>
    public int? Orphans { get; init; }

    /// <summary>What differs between the clouds without an order of ours, and is being put right.</summary>
    public Drift? Drift { get; init; }
}

/// <summary>What has been ordered and has not come to its end.</summary>
/// <param name="WaitsFor"><c>child</c>: it is ordered there and awaited; <c>agent</c>: it is ours to do.</param>
/// <param name="Count">How many.</param>
/// <param name="Oldest">Since the oldest began to wait, at most since this process began; zero for none, null where that is not known.</param>
/// <param name="Troubled">How many of them have failed and are tried again.</param>
public sealed record Pending(string WaitsFor, int Count, TimeSpan? Oldest, int Troubled = 0);
