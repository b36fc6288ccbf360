using Cascade.Oslo.Config;

namespace Cascade.Agent.Trial;

sealed record TrialOptions(int Interval, string? Password)
{
    public static TrialOptions Read(OptionReader reader)
    {
        var group = reader.Group("trial", "Options of the trial.", own: true);
        return new(
            group.Int("interval", 5, "May change while running.", new() { Mutable = true, Min = 1 }),
            group.Secret("password", "Must never be seen."));
    }
}
