using System.Globalization;

namespace Cascade.CinderProxy.Capacity;

/// <summary>The pools of the child's back ends as the pools of ours: one for each availability zone (pure).</summary>
internal static class PoolMap
{
    /// <param name="Host">host@backend of the child.</param>
    /// <param name="Capabilities">As the back end reported them (cinder/scheduler/host_manager.py: PoolState).</param>
    public sealed record BackEnd(string Host, string Zone, bool IsUp, Figures Capabilities);

    /// <summary>Figures of one pool of the child; null is unknown, infinity is "infinite".</summary>
    public sealed record Figures(
        double? TotalGb, double? FreeGb, double? ProvisionedGb, bool Multiattach, bool Thin, bool Thick, double? MaxOverSubscription, int ReservedPercentage, bool OnlineExtend);

    public static IReadOnlyList<PoolFacts> ByZone(IEnumerable<BackEnd> pools) =>
        [.. pools.GroupBy(pool => pool.Zone, StringComparer.Ordinal).OrderBy(zone => zone.Key, StringComparer.Ordinal).Select(zone => Sum(zone.Key, [.. zone]))];

    static PoolFacts Sum(string zone, IReadOnlyList<BackEnd> pools)
    {
        // What is down cannot take a volume; when all are, the figures are still what they were.
        var up = pools.Where(pool => pool.IsUp).ToList();
        var counted = (up.Count > 0 ? up : pools).Select(pool => pool.Capabilities).ToList();
        return new(zone, Sum(counted, one => one.TotalGb), Sum(counted, one => one.FreeGb), Sum(counted, one => one.ProvisionedGb))
        {
            Multiattach = counted.TrueForAll(one => one.Multiattach),
            ThinProvisioning = counted.Exists(one => one.Thin),
            ThickProvisioning = counted.Exists(one => one.Thick),
            MaxOverSubscription = counted.Max(one => one.MaxOverSubscription),
            ReservedPercentage = counted.Max(one => one.ReservedPercentage),
            OnlineExtend = counted.TrueForAll(one => one.OnlineExtend),
            IsUp = up.Count > 0,
        };
    }

    /// <summary>Unknown and something is unknown.</summary>
    static double? Sum(List<Figures> pools, Func<Figures, double?> figure) =>
        pools.Exists(pool => figure(pool) is null) ? null : pools.Sum(pool => figure(pool)!.Value);

    /// <summary>A number, or a word of Cinder's: infinite, unknown.</summary>
    public static double? Read(string? text) => text switch
    {
        "infinite" => double.PositiveInfinity,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
