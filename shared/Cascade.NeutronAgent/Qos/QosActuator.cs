using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.NeutronAgent.Qos;

/// <summary>The verbs of a policy: its rules only as a difference.</summary>
internal sealed class QosActuator(ChildCloud child, string projectId, QosUse use) : StampedActuator<WantedPolicy, QosPolicy>("QoS policy", projectId)
{
    OpenStack.Network.QosPolicies Policies => child.Cloud.Network.QosPolicies;

    protected override Task<QosPolicy?> ReadAsync(string childId, CancellationToken cancelled) => Policies.FindAsync(Scope.Own, childId, cancelled);

    protected override IAsyncEnumerable<QosPolicy> ListAsync(string parentId, CancellationToken cancelled) =>
        Policies.ListAsync(Scope.Own, new() { Description = use.StampOf(parentId), ProjectId = ProjectId }, cancelled);

    protected override string? ParentOf(string? description) => use.ParentOf(description);

    protected override Task<QosPolicy> MakeAsync(string parentId, WantedPolicy wanted, CancellationToken cancelled) =>
        Policies.CreateAsync(Scope.Own, new() { Name = wanted.Name, Description = use.StampOf(parentId), ProjectId = ProjectId }, cancelled);

    /// <summary>What is too much goes first: a smaller maximum and a larger minimum do not go together.</summary>
    public override async Task UpdateAsync(QosPolicy seen, WantedPolicy wanted, CancellationToken cancelled)
    {
        if (seen.Name != wanted.Name)
        {
            await Policies.UpdateAsync(Scope.Own, seen.Id, new() { Name = wanted.Name }, cancelled);
        }

        var difference = QosMap.Difference(seen.Rules ?? [], wanted);
        try
        {
            foreach (var rule in difference.Surplus)
            {
                await RemoveAsync(seen.Id, rule, cancelled);
            }

            foreach (var (rule, change) in difference.Changed)
            {
                await Policies.UpdateRuleAsync(Scope.Own, seen.Id, change.Type, rule.Id, change.Body, cancelled);
            }

            foreach (var rule in difference.Missing)
            {
                await Policies.CreateRuleAsync(Scope.Own, seen.Id, rule.Type, rule.Body, cancelled);
            }
        }
        catch (CloudFault fault) when (Faults.IsFinal(fault) || fault.Code is NetworkError.QosRuleNotSupported or NetworkError.QosRuleParameterConflict)
        {
            throw new RefusedException($"the child does not take a rule of QoS policy {wanted.ParentId}: {Faults.Text(fault)}", fault);
        }
    }

    /// <exception cref="CloudFault"><see cref="NetworkError.QosPolicyInUse"/>: something has it.</exception>
    public override Task DeleteAsync(QosPolicy seen, CancellationToken cancelled) => Gone.IsFineAsync(() => Policies.DeleteAsync(Scope.Own, seen.Id, cancelled));

    Task RemoveAsync(string policyId, QosRule rule, CancellationToken cancelled) => Gone.IsFineAsync(() => Policies.DeleteRuleAsync(Scope.Own, policyId, rule.Type!, rule.Id, cancelled));
}
