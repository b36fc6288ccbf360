namespace Cascade.NovaProxy.Capacity;

/// <summary>A compute host of the child as its placement describes it.</summary>
/// <param name="Takes">False while its nova-compute is disabled there (trait COMPUTE_STATUS_DISABLED): it takes nothing new.</param>
/// <param name="Inventories">By resource class.</param>
/// <param name="Consumers">What each consumer (a server of the child, ours or another's) holds of it, by resource class.</param>
internal sealed record ChildProvider(
    string Name,
    bool Takes,
    IReadOnlyDictionary<string, ChildInventory> Inventories,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Consumers);

/// <summary>One inventory of placement's answer, as it is.</summary>
internal sealed record ChildInventory(long Total, long Reserved, double AllocationRatio, long MaxUnit)
{
    /// <summary>placement/objects/inventory.py: Inventory.capacity.</summary>
    public long Capacity => (long)((Total - Reserved) * AllocationRatio);
}
