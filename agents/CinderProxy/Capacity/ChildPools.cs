using Cascade.CinderProxy.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Capacity;

/// <summary>
/// What the child can hold, from the best source it opens to us: its schedulers' pools with the zones of their services, which are an administrator's to see; else
/// the quota of our own project; else nothing that could be said. Never a number of our own.
/// </summary>
internal sealed class ChildPools(ChildCloud child, ILogger<ChildPools> log)
{
    const string CinderVolume = "cinder-volume";

    /// <returns>One for each availability zone of the child.</returns>
    public async Task<IReadOnlyList<PoolFacts>> ReadAsync(CancellationToken cancelled)
    {
        try
        {
            var pools = await child.BlockStorage.Pools.ListAsync(Scope.Own, null, cancelled);
            if (pools.Count > 0)
            {
                var services = await child.BlockStorage.Services.ListAsync(Scope.Own, CinderVolume, null, cancelled);
                return PoolMap.ByZone(BackEnds(pools, services));
            }
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Forbidden or FaultKind.NotFound or FaultKind.Unsupported)
        {
            Log.PoolsHidden(log, fault, fault.Message);
        }

        return await OfQuotaAsync(cancelled);
    }

    /// <summary>A pool whose service is not listed, or is disabled, takes no volume.</summary>
    static IEnumerable<PoolMap.BackEnd> BackEnds(IReadOnlyList<Pool> pools, IReadOnlyList<BlockStorageService> services)
    {
        var byHost = services.GroupBy(service => service.Host, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (var pool in pools)
        {
            if (pool.Capabilities is { } says && byHost.TryGetValue(pool.Backend, out var service) && service.Zone is { Length: > 0 } zone)
            {
                yield return new(pool.Backend, zone, service is { State: "up", Status: "enabled" } && says.BackendState != "down", Figures(says));
            }
        }
    }

    static PoolMap.Figures Figures(PoolCapabilities says) => new(
        says.TotalCapacityGb,
        says.FreeCapacityGb,
        says.ProvisionedCapacityGb ?? says.AllocatedCapacityGb,
        says.Multiattach == true,
        says.ThinProvisioningSupport == true,
        says.ThickProvisioningSupport != false,
        says.MaxOverSubscriptionRatio,
        (int)(says.ReservedPercentage ?? 0),
        // Drivers that say nothing can (cinder/scheduler/host_manager.py: get_pools, online_extend_support defaults to true in the check of an extend).
        says.OnlineExtendSupport != false);

    async Task<IReadOnlyList<PoolFacts>> OfQuotaAsync(CancellationToken cancelled)
    {
        var limits = await child.BlockStorage.Limits.GetAsync(Scope.Own, null, cancelled);
        double? total = limits.MaxTotalVolumeGigabytes < 0 ? double.PositiveInfinity : limits.MaxTotalVolumeGigabytes;
        var isFull = limits.MaxTotalVolumes >= 0 && limits.TotalVolumesUsed >= limits.MaxTotalVolumes;
        var free = isFull ? 0 : limits.TotalGigabytesUsed is { } used ? total - used : null;
        var zones = await child.BlockStorage.AvailabilityZones.ListAsync(Scope.Own, cancelled);
        var multiattach = await IsMultiattachOfferedAsync(cancelled);
        return [.. zones.Where(zone => zone.IsAvailable).Select(zone => new PoolFacts(zone.Name, total, free, limits.TotalGigabytesUsed) { Multiattach = multiattach })];
    }

    /// <summary>A tenant sees of a type whether its volumes may be several servers', and a child that has such a type means it; from no type nothing is to be had.</summary>
    async Task<bool> IsMultiattachOfferedAsync(CancellationToken cancelled) =>
        await child.BlockStorage.VolumeTypes.ListAsync(Scope.Own, everyone: true, cancelled).AnyAsync(type => type.IsMultiattach, cancelled);
}
