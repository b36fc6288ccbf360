using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>
/// Brings the rules of a group in the child to what is wanted, and never takes away one that is wanted: what is new comes first, what is too much goes after.
/// </summary>
internal sealed class RuleWriter(ChildCloud child, string projectId, ILogger log)
{
    SecurityGroupRules Rules => child.Cloud.Network.SecurityGroupRules;

    /// <param name="seen">The group with its rules.</param>
    /// <returns>Whether anything was changed.</returns>
    /// <exception cref="RefusedException">The child does not take a rule; the others are there all the same.</exception>
    public async Task<bool> BringAsync(SecurityGroup seen, IReadOnlyList<WantedRule> wanted, CancellationToken cancelled)
    {
        var difference = SecurityGroupMap.Difference(seen.SecurityGroupRules ?? [], wanted);
        if (difference.IsNone)
        {
            return false;
        }

        Log.RulesChanged(log, seen.Id, difference.Missing.Count, difference.Surplus.Count);
        RefusedException? refused;
        try
        {
            refused = await AddAsync(seen.Id, difference.Missing, cancelled);
        }
        finally
        {
            // What is no longer allowed is shut, whatever becomes of what is new.
            foreach (var rule in difference.Surplus)
            {
                await RemoveAsync(rule.Id, cancelled);
            }
        }

        return refused is null ? true : throw refused;
    }

    async Task<RefusedException?> AddAsync(string groupId, IReadOnlyList<WantedRule> missing, CancellationToken cancelled)
    {
        try
        {
            await Rules.CreateAllAsync(Scope.Own, [.. missing.Select(rule => SecurityGroupMap.Body(rule, groupId, projectId))], cancelled);
            return null;
        }
        catch (CloudFault fault) when (fault.ResultUnknown || fault.Kind is FaultKind.Conflict || Faults.IsFinal(fault))
        {
            // All or none: which of them is it, or were they made after all? One at a time each gets its own answer.
            Log.RulesOneByOne(log, groupId, missing.Count, Faults.Text(fault));
        }

        RefusedException? refused = null;
        foreach (var rule in missing)
        {
            refused = await AddOneAsync(groupId, rule, cancelled) ?? refused;
        }

        return refused;
    }

    async Task<RefusedException?> AddOneAsync(string groupId, WantedRule rule, CancellationToken cancelled)
    {
        try
        {
            await Rules.CreateAsync(Scope.Own, SecurityGroupMap.Body(rule, groupId, projectId), cancelled);
            return null;
        }
        catch (CloudFault fault) when (fault.Code is NetworkError.SecurityGroupRuleExists)
        {
            // Rules are the same when their words are: the one that is there is this one.
            return null;
        }
        catch (CloudFault fault) when (Faults.IsFinal(fault))
        {
            return new RefusedException($"the child does not take a rule of security group {groupId} ({rule}): {Faults.Text(fault)}", fault);
        }
    }

    Task RemoveAsync(string ruleId, CancellationToken cancelled) => Gone.IsFineAsync(() => Rules.DeleteAsync(Scope.Own, ruleId, cancelled));
}
