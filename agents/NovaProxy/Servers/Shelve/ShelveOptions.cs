using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>[DEFAULT], in nova's own words and with its defaults (nova/conf/compute.py).</summary>
public sealed record ShelveOptions
{
    /// <summary>How long a shelved server stays in the child: zero leaves at once, null never by itself.</summary>
    public TimeSpan? OffloadAfter { get; init; } = TimeSpan.Zero;

    /// <summary>Between two looks for servers that have been shelved for that long.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromHours(1);

    public static ShelveOptions Read(OptionReader reader)
    {
        var group = reader.Group("DEFAULT");
        var after = group.Int(
            "shelved_offload_time", 0, "Seconds that a shelved server stays in the child before it is offloaded. 0 offloads at once, -1 never.", new() { Min = -1 });
        return new()
        {
            OffloadAfter = after < 0 ? null : TimeSpan.FromSeconds(after),
            PollInterval = group.Seconds(
                "shelved_poll_interval", 3600, "Seconds between two looks for servers that have been shelved longer than shelved_offload_time.", new() { Min = 1 }),
        };
    }
}
