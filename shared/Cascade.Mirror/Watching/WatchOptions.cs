namespace Cascade.Mirror.Watching;

/// <summary>How often a <see cref="Watch{TSeen}"/> looks.</summary>
public sealed record WatchOptions
{
    /// <summary>Between looks while something is expected.</summary>
    public TimeSpan Fast { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between looks while nothing is.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is expected for longer than this is looked for at the slow pace: something that never comes must not cost for ever.</summary>
    public TimeSpan FastFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far each look reaches back behind the one before: clocks of the child's own hosts differ, and a change is seen when it is committed.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is expected and has not shown itself by a change is read by its id after this time, and again each such time.</summary>
    public TimeSpan Recheck { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Between two audits, each of which lists everything and so finds what vanished.</summary>
    public TimeSpan Audit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether an audit tells also what looks as it did when it was told: the parent's side may have been changed since, and nothing in the child says so. For reports that cost
    /// little when there is no news.
    /// </summary>
    public bool AuditTellsAll { get; init; }

    /// <summary>One report may take this long; then it counts as failed and is told again at the next look.</summary>
    public TimeSpan ReportLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Reports at once; further ones wait.</summary>
    public int Reports { get; init; } = 32;
}
