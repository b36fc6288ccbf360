using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Zones;

/// <summary>[cascade]: where among the child's hosts the parent's servers stand.</summary>
public sealed record ZoneOptions
{
    /// <summary>The parent's availability zone to the child's.</summary>
    public IReadOnlyDictionary<string, string> Zones { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys of the parent's aggregates, as flavors name them, to keys of the child's.</summary>
    public IReadOnlyDictionary<string, string> AggregateKeys { get; init; } = new Dictionary<string, string>();

    public static ZoneOptions Read(OptionReader reader)
    {
        var group = reader.Group("cascade");
        return new()
        {
            Zones = group.Pairs(
                "availability_zones",
                "The availability zone of the parent that a server is in, and the child's zone that it is created in there: PARENT:CHILD, … A host of the parent stands in one zone, so one "
                + "pair is the rule. A zone that is not named leaves the choice to the child. With any pair the host's capacity is that of the child's zones named here and of no other host.",
                new() { Sample = "az-east:nova" }),
            AggregateKeys = group.Pairs(
                "aggregate_keys",
                "Metadata keys of the parent's host aggregates that flavors ask for (aggregate_instance_extra_specs:KEY), and the keys of the child's aggregates that mean the same: PARENT:CHILD, … "
                + "The values stay as they are. Keys that are not named steer the parent's scheduler only.",
                new() { Sample = "ssd:fast_disks" }),
        };
    }
}
