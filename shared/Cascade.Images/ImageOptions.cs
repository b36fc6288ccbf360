using Cascade.Oslo.Config;

namespace Cascade.Images;

/// <summary>[cascade], and [DEFAULT] in nova's own words: copies of images, both ways.</summary>
public sealed record ImageOptions
{
    /// <summary>Copies at once; further ones wait.</summary>
    public int Copies { get; init; } = 2;

    /// <summary>
    /// A build waits so long for its image, then it fails while the copy goes on: a message may not be held longer, because the broker closes the channel
    /// of who holds one for <c>consumer_timeout</c> (30 minutes).
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(18);

    /// <summary>Snapshots carried up to the parent at once; further ones wait. nova's own word for what a compute does at once, and its standard.</summary>
    public int Snapshots { get; init; } = 5;

    public static ImageOptions Read(OptionReader reader)
    {
        var group = reader.Group("cascade");
        var standard = new ImageOptions();
        return new()
        {
            Copies = group.Int("image_copies", standard.Copies, "Images copied to the child at once.", new() { Min = 1 }),
            Patience = group.Seconds(
                "image_copy_patience", standard.Patience.TotalSeconds, "A build waits so long for its image; the copy goes on. At most 20 minutes.", new() { Max = 1200 }),
            Snapshots = reader.Group("DEFAULT").Int(
                "max_concurrent_snapshots", standard.Snapshots, "Snapshots whose bytes are carried from the child to the parent at once.", new() { Min = 1 }),
        };
    }
}
