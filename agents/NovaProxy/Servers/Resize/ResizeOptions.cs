using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>[DEFAULT], in nova's own words (nova/conf/compute.py).</summary>
public sealed record ResizeOptions
{
    /// <summary>After which time a resize is confirmed by itself; zero: never.</summary>
    public TimeSpan ConfirmWindow { get; init; }

    public static ResizeOptions Read(OptionReader reader) => new()
    {
        ConfirmWindow = reader.Group("DEFAULT").Seconds(
            "resize_confirm_window",
            0,
            "Seconds after which a resize or cold migration is confirmed by itself. 0 waits for the tenant. A child with a window of its own confirms by "
            + "that, and the parent follows.",
            new() { Min = 0 }),
    };
}
