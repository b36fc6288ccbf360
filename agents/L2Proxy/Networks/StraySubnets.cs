using System.Runtime.ExceptionServices;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.Subnets;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Networks;

/// <summary>Subnets of ours on a network of the child for which the parent has none any more.</summary>
internal sealed class StraySubnets(ChildCloud cloud, ChildNetworks child, ILogger log)
{
    /// <returns>The child's subnets that are left, and why one of them that is to go is still there: what else is to be done does not wait for it.</returns>
    public async Task<(IReadOnlyList<Subnet> Left, ExceptionDispatchInfo? Stays)> RemoveAsync(NetworkFacts facts, string ours, CancellationToken cancelled)
    {
        var actuator = new SubnetActuator(cloud, facts.Child!.Id, ours);
        var left = facts.ChildSubnets.ToList();
        ExceptionDispatchInfo? stays = null;
        foreach (var stray in facts.Strays)
        {
            try
            {
                await RemoveAsync(actuator, stray, cancelled);
                left.Remove(stray);
                Log.SubnetRemoved(log, stray.Id, facts.Parent.Id);
            }
            catch (Exception fault) when (fault is LaterException or CloudFault)
            {
                stays = ExceptionDispatchInfo.Capture(fault);
            }
        }

        return (left, stays);
    }

    async Task RemoveAsync(SubnetActuator actuator, Subnet stray, CancellationToken cancelled)
    {
        try
        {
            await actuator.DeleteAsync(stray, cancelled);
        }
        catch (LaterException)
        {
            await FreeAsync(stray, cancelled);
            await actuator.DeleteAsync(stray, cancelled);
        }
    }

    /// <summary>
    /// What stands for ports of the parent lets go of it: no port there has an address of a subnet that is gone. A look at the port gives it the addresses that it
    /// has now, and that may be one of a subnet that cannot be made before this one is gone.
    /// </summary>
    async Task FreeAsync(Subnet stray, CancellationToken cancelled)
    {
        foreach (var port in (await child.PortsAsync([stray.NetworkId!], cancelled)).Where(port => Stamp.ParentOf(port.Description) is not null && !PortActuator.IsService(port)))
        {
            var others = (port.FixedIps ?? []).Where(ip => ip.SubnetId != stray.Id).ToList();
            if (others.Count < port.FixedIps?.Count)
            {
                await cloud.Cloud.Network.Ports.UpdateAsync(Scope.Own, port.Id, new() { FixedIps = others }, cancelled);
            }
        }
    }
}
