using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Routers;

/// <summary>The conntrack helpers of a router, which is ours, so that all it has are ours.</summary>
internal sealed class ConntrackMirroring(ChildCloud child)
{
    NetworkClient Neutron => child.Cloud.Network;

    public async Task EnsureAsync(WantedRouter wanted, RouterSight seen, Obstacles refused, CancellationToken cancelled)
    {
        var shown = seen.Router.ConntrackHelpers ?? [];
        if (wanted.ConntrackHelpers.Count == shown.Count && wanted.ConntrackHelpers.All(shown.Contains))
        {
            return;
        }

        if (!(await Neutron.Extensions.AliasesAsync(Scope.Own, cancelled)).Contains(Extension.ConntrackHelper))
        {
            refused.Add($"the child has no conntrack helpers ({Extension.ConntrackHelper}), as router {wanted.ParentId} has", isFinal: true, null);
            return;
        }

        var there = await Neutron.ConntrackHelpers.ListAsync(Scope.Own, seen.Router.Id, cancelled).ToListAsync(cancelled);
        foreach (var loose in there.Where(one => !wanted.ConntrackHelpers.Contains(RuleOf(one))))
        {
            await Gone.IsFineAsync(() => Neutron.ConntrackHelpers.DeleteAsync(Scope.Own, seen.Router.Id, loose.Id, cancelled));
        }

        foreach (var missing in wanted.ConntrackHelpers.Except(there.Select(RuleOf)))
        {
            try
            {
                await Neutron.ConntrackHelpers.CreateAsync(Scope.Own, seen.Router.Id, missing, cancelled);
            }
            catch (CloudFault fault) when (Faults.IsFinal(fault))
            {
                refused.Add($"the child takes no helper {missing.Helper} for {missing.Protocol} {missing.Port}: {Faults.Text(fault)}", isFinal: true, null);
            }
        }
    }

    static ConntrackRule RuleOf(ConntrackHelper of) => new(of.Protocol, of.Port, of.Helper);
}
