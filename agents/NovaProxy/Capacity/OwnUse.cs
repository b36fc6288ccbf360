namespace Cascade.NovaProxy.Capacity;

/// <summary>What our instances use by their flavors in the parent, and the child's servers that stand for them.</summary>
internal sealed record OwnUse(IReadOnlySet<string> ChildIds, int Instances, long Vcpu, long MemoryMb, long DiskGb)
{
    public static OwnUse None { get; } = new(new HashSet<string>(), 0, 0, 0, 0);
}
