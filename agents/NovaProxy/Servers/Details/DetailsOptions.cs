using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Servers.Details;

/// <summary>[cascade]: what the parent's API changes of a server without telling its compute.</summary>
internal sealed record DetailsOptions
{
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    public static DetailsOptions Read(OptionReader reader) => new()
    {
        Interval = reader.Group("cascade").Seconds(
            "details_interval",
            60,
            "Seconds until a new name, description, metadata, tags or lock of a server is in the child: the parent tells no compute of them.",
            new() { Min = 1 }),
    };
}
