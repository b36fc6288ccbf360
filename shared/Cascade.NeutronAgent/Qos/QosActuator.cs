using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.NeutronAgent.Qos;

/// <summary>The verbs of a policy: in our own project, stamped; its rules only as a difference.</summary>
internal sealed class QosActuator(ChildCloud child, string projectId, QosUse use) : Actuator<WantedPolicy, QosPolicy>
{
    OpenStack.Network.QosPolicies Policies => child.Cloud.Network.QosPolicies;

    public override string IdOf(QosPolicy seen) => seen.Id;

    public override async Task<QosPolicy?> FindAsync(string childId, CancellationToken cancelled) =>
        await Policies.FindAsync(Scope.Own, childId, cancelled) is { } seen && seen.ProjectId == projectId ? seen : null;

    public override async Task<QosPolicy?> AdoptAsync(string parentId, CancellationToken cancelled) =>
        await Policies.ListAsync(Scope.Own, new() { Description = use.StampOf(parentId), ProjectId = projectId }, cancelled)
            .Where(seen => seen.ProjectId == projectId && use.ParentOf(seen.Description) == parentId)
            .OrderBy(seen => seen.CreatedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(seen => seen.Id, StringComparer.Ordinal)
            .FirstOrDefaultAsync(cancelled);

    public override async Task<QosPolicy> CreateAsync(string parentId, WantedPolicy wanted, CancellationToken cancelled)
    {
        try
        {
            return await Policies.CreateAsync(Scope.Own, new() { Name = wanted.Name, Description = use.StampOf(parentId), ProjectId = projectId }, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(Faults.Text(fault), fault);
        }
        catch (CloudFault fault) when (Faults.IsFinal(fault))
        {
            throw new RefusedException($"the child does not take QoS policy {parentId}: {Faults.Text(fault)}", fault);
        }
    }

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
