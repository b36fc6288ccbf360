namespace Cascade.NeutronAgent.Qos;

/// <summary>The child's QoS policies for the parent's.</summary>
public interface IQosPolicies
{
    /// <summary>Makes it where it is missing, and keeps it from now on. Quick when it is there.</summary>
    /// <param name="policyId">The parent's; null for none.</param>
    /// <param name="user">What has it, by the parent's id.</param>
    /// <returns>The child's id; null for none.</returns>
    /// <exception cref="Looking.RefusedException">The child does not take it.</exception>
    /// <exception cref="Looking.LaterException">The parent has it no longer, or it was not there for a moment.</exception>
    Task<string?> EnsureAsync(string? policyId, string user, CancellationToken cancelled);

    /// <summary>Who had it is no longer mirrored here.</summary>
    void Gone(string user);

    /// <summary>The child said that it has this policy of its own no longer: it is looked up when it is needed next.</summary>
    void Forget(string childId);

    /// <summary>Looks at all of ours in the child.</summary>
    Task ReconcileAsync(CancellationToken cancelled);

    /// <summary>Everything was compared once since this copy became the active one: until then what nobody needs may be needed all the same, and nothing goes.</summary>
    void Compared();
}
