namespace Cascade.L2Proxy.Mirroring;

/// <summary>The child's QoS policies for the parent's.</summary>
internal interface IQosPolicies
{
    /// <summary>Makes it where it is missing. Quick when it is there.</summary>
    /// <returns>The child's id.</returns>
    /// <exception cref="RefusedException">The child does not take it.</exception>
    Task<string> EnsureAsync(string policyId, CancellationToken cancelled);
}
