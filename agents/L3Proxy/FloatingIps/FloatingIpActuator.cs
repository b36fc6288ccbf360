using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.FloatingIps;

/// <summary>The verbs of a floating IP: the parent's address. There is one in the child only while it leads somewhere in the parent.</summary>
internal sealed class FloatingIpActuator(ChildCloud child, string projectId, string networkId, string address) : StampedActuator<WantedFloatingIp, FloatingIp>("floating IP", projectId)
{
    OpenStack.Network.FloatingIps FloatingIps => child.Cloud.Network.FloatingIps;

    protected override Task<FloatingIp?> ReadAsync(string childId, CancellationToken cancelled) => FloatingIps.FindAsync(Scope.Own, childId, cancelled);

    protected override IAsyncEnumerable<FloatingIp> ListAsync(string parentId, CancellationToken cancelled) =>
        FloatingIps.ListAsync(Scope.Own, new() { Description = Stamp.Of(parentId), ProjectId = ProjectId }, cancelled);

    protected override bool IsIt(FloatingIp seen) => seen.FloatingNetworkId == networkId && seen.Address == address;

    /// <summary>What a fault means to it is the router's to judge, which has others beside it.</summary>
    protected override bool IsRefusal(CloudFault fault) => false;

    protected override Task<FloatingIp> MakeAsync(string parentId, WantedFloatingIp wanted, CancellationToken cancelled) =>
        FloatingIps.CreateAsync(
            Scope.Own,
            new()
            {
                FloatingNetworkId = networkId,
                Address = address,
                PortId = wanted.PortId,
                FixedIpAddress = wanted.PortId is null ? null : wanted.FixedIpAddress,
                ProjectId = ProjectId,
                Description = wanted.Description,
                QosPolicyId = wanted.ChildQosPolicy,
            },
            cancelled);

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
