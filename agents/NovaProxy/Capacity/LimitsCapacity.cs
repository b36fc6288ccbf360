namespace Cascade.NovaProxy.Capacity;

/// <summary>What the child's quota lets us use (<c>GET /limits</c>, absolute; -1 is no limit).</summary>
internal sealed record ChildLimits(long MaxCores, long CoresUsed, long MaxRamMb, long RamMbUsed);

/// <summary>
/// The child's capacity out of our quota there: all that a tenant of a public cloud can see. Quota says nothing about disk or the size of a
/// host, so those are as good as endless here and the child has the last word: it refuses, and the build goes back to the scheduler.
/// </summary>
internal static class LimitsCapacity
{
    /// <summary>Stands for "no limit": far more than any one cloud, far less than placement's 32 bits.</summary>
    public const long Endless = 1_000_000;

    public static HostCapacity Of(ChildLimits limits, OwnUse ours) => new(
        Quota(limits.MaxCores, limits.CoresUsed, ours.Vcpu, Endless),
        Quota(limits.MaxRamMb, limits.RamMbUsed, ours.MemoryMb, Endless * 1024),
        new Amount(Endless, 0, Endless),
        "our quota in the child");

    static Amount Quota(long most, long used, long ours, long endless) =>
        most < 0 ? new(endless, 0, endless) : new Amount(most, Math.Max(0, used - ours), most).Fitted();
}
