using Cascade.NovaProxy.Capacity;
using Cascade.OpenStack.Placement;

namespace Cascade.NovaProxy.Parent;

/// <summary>What placement should believe we have.</summary>
internal static class InventoryMap
{
    public static Dictionary<string, Inventory> Of(IReadOnlyDictionary<string, Inventory> now, HostCapacity capacity)
    {
        var wanted = new Dictionary<string, Inventory>(now)
        {
            [PlacementCapacity.Vcpu] = Of(capacity.Vcpu),
            [PlacementCapacity.MemoryMb] = Of(capacity.MemoryMb),
            [PlacementCapacity.DiskGb] = Of(capacity.DiskGb),
        };
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
