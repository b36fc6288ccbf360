namespace Cascade.NovaProxy.Capacity;

/// <summary>What the child can do for us, as one host of the parent.</summary>
/// <param name="Vcpu">VCPU.</param>
/// <param name="MemoryMb">MEMORY_MB.</param>
/// <param name="DiskGb">DISK_GB.</param>
/// <param name="Source">Where it was read, in an operator's words.</param>
internal sealed record HostCapacity(Amount Vcpu, Amount MemoryMb, Amount DiskGb, string Source)
{
    /// <summary>Custom classes by their names; empty where the child's placement is closed to us.</summary>
    public IReadOnlyDictionary<string, Amount> Custom { get; init; } = new Dictionary<string, Amount>();
}
