namespace Cascade.NovaProxy.Capacity;

/// <summary>The child's capacity out of its placement: the exact one.</summary>
/// <remarks>
/// The sum of what its hosts can give is our total, with ratio 1.0: a ratio of ours on top would multiply theirs twice, and carrying one
/// would be wrong as soon as two hosts differ. Use by others is reserved: servers of ours are already in the parent's allocations.
/// A server that we have asked for but the child has not placed yet is in the parent's allocations only, so nothing is counted twice or missed.
/// A host that takes nothing new counts with what it holds: both in total and as used, so its servers stay accounted for and it offers nothing.
/// </remarks>
internal static class PlacementCapacity
{
    public const string Vcpu = "VCPU";
    public const string MemoryMb = "MEMORY_MB";
    public const string DiskGb = "DISK_GB";

    /// <param name="ours">The child's consumers that the parent's allocations have already: its servers that stand for instances, and what holds their old flavors while a resize waits.</param>
    /// <param name="customs">The custom classes that count.</param>
    public static HostCapacity Of(IReadOnlyCollection<ChildProvider> hosts, IReadOnlySet<string> ours, IReadOnlySet<string> customs) => new(
        Sum(hosts, ours, Vcpu),
        Sum(hosts, ours, MemoryMb),
        Sum(hosts, ours, DiskGb),
        $"the child's placement ({hosts.Count(host => host.Takes)} of {hosts.Count} hosts take new servers)")
    {
        // One that no host has is not offered at all, not even as a unit that is reserved.
        Custom = customs.Where(name => hosts.Any(host => host.Inventories.ContainsKey(name))).ToDictionary(name => name, name => Sum(hosts, ours, name)),
    };

    static Amount Sum(IReadOnlyCollection<ChildProvider> hosts, IReadOnlySet<string> ours, string resource)
    {
        long total = 0, others = 0, largest = 0;
        foreach (var host in hosts)
        {
            var used = Used(host, resource, _ => true);
            var usedByOthers = Used(host, resource, consumer => !ours.Contains(consumer));
            if (!host.Inventories.TryGetValue(resource, out var inventory))
            {
                // A disk may come from a shared provider of the child, which is then a host of its own in this list.
                continue;
            }

            var capacity = host.Takes ? Math.Max(inventory.Capacity, used) : used;
            total += capacity;
            others += usedByOthers;
            largest = Math.Max(largest, Math.Min(capacity - used, inventory.MaxUnit));
        }

        // A full host still holds what it holds: max_unit may not fall below a server of ours, or its own allocation could not be written again.
        var largestOfOurs = hosts
            .SelectMany(host => host.Consumers)
            .Where(consumer => ours.Contains(consumer.Key))
            .Select(consumer => consumer.Value.GetValueOrDefault(resource))
            .DefaultIfEmpty(0)
            .Max();
        return new Amount(total, others, largest == 0 ? largestOfOurs : largest).Fitted();
    }

    static long Used(ChildProvider host, string resource, Func<string, bool> counts) =>
        host.Consumers.Where(consumer => counts(consumer.Key)).Sum(consumer => consumer.Value.GetValueOrDefault(resource));
}
