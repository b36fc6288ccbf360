using Cascade.NovaProxy.Zones;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Capacity;

/// <summary>What was read: the numbers, and the traits of the child's hosts (empty where its placement is closed to us).</summary>
internal sealed record ChildView(HostCapacity Capacity, IReadOnlyCollection<string> Traits)
{
    /// <summary>The custom names that are the child's to give and to take away.</summary>
    public CustomNames Custom { get; init; } = CustomNames.None;
}

/// <summary>
/// Reads the child's capacity from the best source that is open to us: its placement, else its hypervisors, else our quota. All numbers are
/// decided in the pure classes beside this one.
/// </summary>
internal sealed class ChildCapacity(Cloud child, ChildProviders providers, ChildMoves moves, ChildCustoms customs, ChildZones zones, ILogger<ChildCapacity> log)
{
    string? toldSource;

    /// <exception cref="CloudFault">The child does not answer.</exception>
    public async Task<ChildView> ReadAsync(OwnUse ours, CancellationToken cancelled)
    {
        var view = await OrClosedAsync(() => FromPlacementAsync(ours, cancelled))
            ?? await OrClosedAsync(() => FromHypervisorsAsync(ours, cancelled))
            ?? await FromLimitsAsync(ours, cancelled);
        var source = view.Capacity.Source;
        if (Interlocked.Exchange(ref toldSource, source) != source)
        {
            Log.CapacitySource(log, source);
        }

        return view;
    }

    async Task<ChildView?> FromPlacementAsync(OwnUse ours, CancellationToken cancelled)
    {
        var names = await customs.ReadAsync(cancelled);
        return await providers.ReadAsync(await ClosedAsync(cancelled), names.Classes.Count > 0, cancelled) is { } seen
            ? new(PlacementCapacity.Of(seen.Providers, await moves.ConsumersAsync(ours, cancelled), names.Classes), seen.Traits) { Custom = names }
            : null;
    }

    /// <summary>
    /// Hosts that take nothing from us: those whose nova-compute is down, which placement does not know and the child's scheduler does (ComputeFilter), and those
    /// outside the zones that the declared map names.
    /// </summary>
    async Task<HashSet<string>> ClosedAsync(CancellationToken cancelled)
    {
        var closed = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var zoned = await zones.HostsAsync(cancelled);
            await foreach (var hypervisor in child.Compute.Hypervisors.ListAsync(Scope.Own, cancelled))
            {
                if (!Takes(hypervisor, zoned))
                {
                    closed.Add(hypervisor.Id);
                }
            }
        }
        catch (CloudFault fault) when (IsClosed(fault))
        {
            // Then a host that is down counts as one that takes: its child refuses, and the build is scheduled again.
        }

        return closed;
    }

    static bool Takes(Hypervisor host, IReadOnlySet<string>? zoned) =>
        host.State == "up" && host.Status == "enabled" && (zoned is null || (host.Service?.Host is { } name && zoned.Contains(name)));

    async Task<ChildView?> FromHypervisorsAsync(OwnUse ours, CancellationToken cancelled)
    {
        var zoned = await zones.HostsAsync(cancelled);
        var hosts = new List<ChildHypervisor>();
        await foreach (var host in child.Compute.Hypervisors.ListAsync(Scope.Own, cancelled))
        {
            hosts.Add(new(
                Takes(host, zoned),
                host.Vcpus ?? 0,
                host.VcpusUsed ?? 0,
                host.MemoryMb ?? 0,
                host.MemoryMbUsed ?? 0,
                host.LocalGb ?? 0,
                host.LocalGbUsed ?? 0));
        }

        return hosts.Count == 0 ? null : new(HypervisorCapacity.Of(hosts, ours), []);
    }

    async Task<ChildView> FromLimitsAsync(OwnUse ours, CancellationToken cancelled)
    {
        var limits = await child.Compute.Limits.GetAsync(Scope.Own, null, cancelled);
        return new(LimitsCapacity.Of(new(limits.MaxTotalCores, limits.TotalCoresUsed, limits.MaxTotalRamSize, limits.TotalRamUsed), ours), []);
    }

    static async Task<ChildView?> OrClosedAsync(Func<Task<ChildView?>> read)
    {
        try
        {
            return await read();
        }
        catch (CloudFault fault) when (IsClosed(fault))
        {
            return null;
        }
    }

    /// <summary>Not ours to see, or not there at all (no placement in the catalog).</summary>
    static bool IsClosed(CloudFault fault) => fault.Kind is FaultKind.Forbidden or FaultKind.NotFound or FaultKind.Unsupported;
}
