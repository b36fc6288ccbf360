using Cascade.Oslo.Config;

namespace Cascade.Agent.Child;

/// <summary>[cascade]: how the child's health is judged.</summary>
public sealed record ChildOptions
{
    /// <summary>Between two looks (10 s); half of it while the child is away.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence of so long counts as away (30 s).</summary>
    public TimeSpan AwayAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One look may take this long (10 s).</summary>
    public TimeSpan ProbeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads child_probe_interval, child_away_after and child_probe_timeout.</summary>
    public static ChildOptions Read(OptionReader reader)
    {
        var group = reader.Group("cascade");
        var standard = new ChildOptions();
        return new()
        {
            ProbeInterval = group.Seconds("child_probe_interval", standard.ProbeInterval.TotalSeconds, "Between two looks whether the child answers."),
            AwayAfter = group.Seconds(
                "child_away_after", standard.AwayAfter.TotalSeconds, "The child counts as away when it did not answer for so long; the host goes down then."),
            ProbeLimit = group.Seconds("child_probe_timeout", standard.ProbeLimit.TotalSeconds, "The child answers a look within this time or not at all."),
        };
    }
}
