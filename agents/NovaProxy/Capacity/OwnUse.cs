namespace Cascade.NovaProxy.Capacity;

/// <summary>What our instances use by their flavors in the parent, and the child's servers that stand for them.</summary>
internal sealed record OwnUse(IReadOnlySet<string> ChildIds, int Instances, long Vcpu, long MemoryMb, long DiskGb)
{
    /// <summary>Those of them whose instances hold two flavors, the old one and the new one, here and in the child.</summary>
    public IReadOnlySet<string> ResizedIds { get; init; } = new HashSet<string>();

    public static OwnUse None { get; } = new(new HashSet<string>(), 0, 0, 0, 0);
}
