using Cascade.L3Proxy.Routers;
using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.FloatingIps;

/// <summary>The verbs of a floating IP: the parent's address, in our own project, stamped. There is one in the child only while it leads somewhere in the parent.</summary>
internal sealed class FloatingIpActuator(ChildCloud child, string projectId, string networkId, string address) : Actuator<WantedFloatingIp, FloatingIp>
{
    OpenStack.Network.FloatingIps FloatingIps => child.Cloud.Network.FloatingIps;

    public override string IdOf(FloatingIp seen) => seen.Id;

    public override async Task<FloatingIp?> FindAsync(string childId, CancellationToken cancelled) =>
        await FloatingIps.FindAsync(Scope.Own, childId, cancelled) is { } seen && seen.ProjectId == projectId ? seen : null;

    public override async Task<FloatingIp?> AdoptAsync(string parentId, CancellationToken cancelled) =>
        await FloatingIps.ListAsync(Scope.Own, new() { Description = Stamp.Of(parentId), ProjectId = projectId }, cancelled).FirstOrDefaultAsync(
            seen => seen.ProjectId == projectId && Stamp.ParentOf(seen.Description) == parentId && seen.FloatingNetworkId == networkId && seen.Address == address, cancelled);

    public override async Task<FloatingIp> CreateAsync(string parentId, WantedFloatingIp wanted, CancellationToken cancelled)
    {
        try
        {
            return await FloatingIps.CreateAsync(
                Scope.Own,
                new()
                {
                    FloatingNetworkId = networkId,
                    Address = address,
                    PortId = wanted.PortId,
                    FixedIpAddress = wanted.PortId is null ? null : wanted.FixedIpAddress,
                    ProjectId = projectId,
                    Description = wanted.Description,
                    QosPolicyId = wanted.ChildQosPolicy,
                },
                cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(Faults.Text(fault), fault);
        }
    }

    /// <summary>Says its port only when that is another one.</summary>
    public override Task UpdateAsync(FloatingIp seen, WantedFloatingIp wanted, CancellationToken cancelled)
    {
        var stays = RouterPlan.LeadsTo(seen, wanted);
        var update = new FloatingIpUpdate
        {
            PortId = stays ? default(Settable) : wanted.PortId,
            FixedIpAddress = stays || wanted.PortId is null ? null : wanted.FixedIpAddress,
            QosPolicyId = seen.QosPolicyId == wanted.ChildQosPolicy ? default(Settable) : wanted.ChildQosPolicy,
        };
        return ForwardingNothingAsync(seen, () => FloatingIps.UpdateAsync(Scope.Own, seen.Id, update, cancelled), cancelled);
    }

    public override Task DeleteAsync(FloatingIp seen, CancellationToken cancelled) =>
        Gone.IsFineAsync(() => ForwardingNothingAsync(seen, () => FloatingIps.DeleteAsync(Scope.Own, seen.Id, cancelled), cancelled));

    /// <summary>One that forwards ports is neither deleted nor led to a port (neutron/services/portforwarding/pf_plugin.py: _check_floatingip_request): what it forwards goes first.</summary>
    async Task ForwardingNothingAsync(FloatingIp seen, Func<Task> change, CancellationToken cancelled)
    {
        try
        {
            await change();
        }
        catch (CloudFault fault) when (fault.Code is NetworkError.FloatingIpInUseByPortForwarding)
        {
            var forwardings = await child.Cloud.Network.PortForwardings.ListAsync(Scope.Own, seen.Id, cancelled).ToListAsync(cancelled);
            foreach (var one in forwardings)
            {
                await Gone.IsFineAsync(() => child.Cloud.Network.PortForwardings.DeleteAsync(Scope.Own, seen.Id, one.Id, cancelled));
            }

            await change();
        }
    }
}
