namespace Cascade.NovaProxy.Capacity;

/// <summary>One row of the child's <c>os-hypervisors/detail</c> (microversion 2.87 or older: later ones leave the numbers out).</summary>
internal sealed record ChildHypervisor(bool Takes, long Vcpus, long VcpusUsed, long MemoryMb, long MemoryMbUsed, long LocalGb, long LocalGbUsed);

/// <summary>
/// The child's capacity out of <c>os-hypervisors</c>, where its placement is closed to us. It names no allocation ratio, so the physical numbers
/// count, which is too little rather than too much; what its hosts reserve for themselves is in <c>memory_mb_used</c> already.
/// </summary>
internal static class HypervisorCapacity
{
    /// <param name="ours">What our own servers use in the child, by the flavors of the parent.</param>
    public static HostCapacity Of(IReadOnlyCollection<ChildHypervisor> hosts, OwnUse ours) => new(
        Sum(hosts, host => host.Vcpus, host => host.VcpusUsed, ours.Vcpu),
        Sum(hosts, host => host.MemoryMb, host => host.MemoryMbUsed, ours.MemoryMb),
        Sum(hosts, host => host.LocalGb, host => host.LocalGbUsed, ours.DiskGb),
        $"the child's hypervisors ({hosts.Count(host => host.Takes)} of {hosts.Count} take new servers)");

    static Amount Sum(IReadOnlyCollection<ChildHypervisor> hosts, Func<ChildHypervisor, long> all, Func<ChildHypervisor, long> used, long ours)
    {
        // More may be used than there is: the child overcommits by its ratios.
        var total = hosts.Sum(host => host.Takes ? Math.Max(all(host), used(host)) : used(host));
        var largest = hosts.Where(host => host.Takes).Select(host => all(host) - used(host)).DefaultIfEmpty(0).Max();
        return new Amount(total, hosts.Sum(used) - ours, largest).Fitted();
    }
}
