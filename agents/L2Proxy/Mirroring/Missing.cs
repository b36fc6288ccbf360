using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.SecurityGroups;

namespace Cascade.L2Proxy.Mirroring;

/// <summary>Where nobody mirrors security groups, a port that has one is refused.</summary>
internal sealed class NoSecurityGroups : ISecurityGroups
{
    static readonly Dictionary<string, string> None = [];

    public Task<IReadOnlyDictionary<string, string>> EnsureAsync(NeutronPort port, CancellationToken cancelled) =>
        port.SecurityGroupIds.Count == 0 ? Task.FromResult<IReadOnlyDictionary<string, string>>(None) : throw new RefusedException("security groups are not mirrored");

    public void Gone(string portId)
    {
    }

    public void Forget(IEnumerable<string> ids)
    {
    }

    public Task ReconcileAsync(IReadOnlyCollection<NeutronPort> here, CancellationToken cancelled) => Task.CompletedTask;
}

/// <summary>Where nobody mirrors QoS policies, what has one is refused.</summary>
internal sealed class NoQosPolicies : IQosPolicies
{
    public Task<string> EnsureAsync(string policyId, CancellationToken cancelled) => throw new RefusedException("QoS policies are not mirrored");
}
