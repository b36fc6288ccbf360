using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Capabilities;

namespace Cascade.CinderProxy.Capacity;

/// <summary>The child's pools in the words of the parent's schedulers (pure).</summary>
internal static class CapabilityMap
{
    /// <param name="allocated">What the parent's own volumes add up to, by <c>host@backend#pool</c>.</param>
    /// <param name="answers">The child does.</param>
    public static BackendCapabilities Of(IReadOnlyList<PoolFacts> pools, IReadOnlyList<PoolUse> allocated, bool answers, VolumeHost host, string backendName) => new()
    {
        VolumeBackendName = backendName,
        Pools = [.. pools.Select(pool => Of(pool, allocated.FirstOrDefault(use => use.Host == host.OfPool(pool.Zone))?.Gigabytes ?? 0, answers))],
    };

    static PoolCapabilities Of(PoolFacts pool, int allocated, bool answers)
    {
        var total = Capacity(pool.TotalGb);
        var free = Capacity(pool.FreeGb);
        return new()
        {
            PoolName = pool.Zone,
            Total = total,
            Free = free,
            AllocatedGigabytes = allocated,
            ProvisionedGigabytes = pool.ProvisionedGb is { } provisioned && double.IsFinite(provisioned) ? provisioned : allocated,
            // A percentage of a word cannot be reckoned (cinder/scheduler/filters/capacity_filter.py).
            ReservedPercentage = total.Gigabytes is null || free.Gigabytes is null ? 0 : pool.ReservedPercentage,
            MaxOverSubscriptionRatio = pool.MaxOverSubscription ?? 1,
            ThinProvisioningSupport = pool.ThinProvisioning,
            ThickProvisioningSupport = pool.ThickProvisioning,
            Multiattach = pool.Multiattach,
            OnlineExtendSupport = pool.OnlineExtend,
            Up = answers && pool.IsUp,
            More = new JsonObject { ["cascade"] = true },
        };
    }

    static Contracts.Cinder.Capabilities.Capacity Capacity(double? gigabytes) => gigabytes switch
    {
        null => Contracts.Cinder.Capabilities.Capacity.Unknown,
        double.PositiveInfinity => Contracts.Cinder.Capabilities.Capacity.Infinite,
        var number => Contracts.Cinder.Capabilities.Capacity.Of(number.Value),
    };
}
