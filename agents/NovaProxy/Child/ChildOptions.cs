using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Child;

/// <summary>[cascade]: how the child's health is judged.</summary>
internal sealed record ChildOptions
{
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan AwayAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One probe may take this long.</summary>
    public TimeSpan ProbeLimit { get; init; } = TimeSpan.FromSeconds(10);

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
