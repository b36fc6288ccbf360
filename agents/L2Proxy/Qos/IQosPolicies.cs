namespace Cascade.L2Proxy.Qos;

/// <summary>The child's QoS policies for the parent's.</summary>
internal interface IQosPolicies
{
    /// <summary>Makes it where it is missing, and keeps it from now on. Quick when it is there.</summary>
    /// <param name="policyId">The parent's; null for none.</param>
    /// <param name="user">The parent's id of the port or network that has it.</param>
    /// <returns>The child's id; null for none.</returns>
    /// <exception cref="NeutronAgent.Looking.RefusedException">The child does not take it.</exception>
    Task<string?> EnsureAsync(string? policyId, string user, CancellationToken cancelled);

    /// <summary>The port or network is no longer mirrored here.</summary>
    void Gone(string user);

    /// <summary>Looks at all of ours in the child.</summary>
    Task ReconcileAsync(CancellationToken cancelled);
}
