using Cascade.NovaProxy.Capacity;
using Cascade.OpenStack.Placement;

namespace Cascade.NovaProxy.Parent;

/// <summary>What placement should believe we have.</summary>
internal static class InventoryMap
{
    /// <param name="now">What stands there: the classes of others stay.</param>
    /// <param name="capacity">What the child can do.</param>
    /// <param name="childs">Custom classes that are the child's: one that no host of it has any more goes.</param>
    /// <param name="inUse">True when placement did not let one go, because a server of ours still has some of it: then it stays, and nothing is left of it.</param>
    public static Dictionary<string, Inventory> Of(
        IReadOnlyDictionary<string, Inventory> now, HostCapacity capacity, IReadOnlySet<string> childs, bool inUse = false)
    {
        var wanted = new Dictionary<string, Inventory>(now)
        {
            [PlacementCapacity.Vcpu] = Of(capacity.Vcpu),
            [PlacementCapacity.MemoryMb] = Of(capacity.MemoryMb),
            [PlacementCapacity.DiskGb] = Of(capacity.DiskGb),
        };
        foreach (var gone in childs.Where(name => now.ContainsKey(name)))
        {
            if (inUse)
            {
                wanted[gone] = now[gone] with { Reserved = now[gone].Total };
            }
            else
            {
                wanted.Remove(gone);
            }
        }

        foreach (var (name, amount) in capacity.Custom)
        {
            wanted[name] = Of(amount);
        }

        return wanted;
    }

    public static bool Same(IReadOnlyDictionary<string, Inventory> left, IReadOnlyDictionary<string, Inventory> right) =>
        left.Count == right.Count && left.All(item => right.TryGetValue(item.Key, out var other) && other == item.Value);

    static Inventory Of(Amount amount) => new()
    {
        Total = (int)amount.Total,
        Reserved = (int)amount.Reserved,
        MaxUnit = (int)amount.MaxUnit,
        AllocationRatio = 1.0,
    };
}
