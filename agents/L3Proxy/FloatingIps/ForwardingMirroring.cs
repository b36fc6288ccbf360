using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.FloatingIps;

/// <summary>The single ports that floating IPs forward. A forwarding has no place for a stamp: what stands below a floating IP of ours is ours.</summary>
internal sealed class ForwardingMirroring(ChildCloud child)
{
    NetworkClient Neutron => child.Cloud.Network;

    public async Task EnsureAsync(WantedRouter wanted, RouterSight seen, Obstacles refused, CancellationToken cancelled)
    {
        foreach (var ip in wanted.FloatingIps.Where(ip => ip.PortId is null))
        {
            if (!(await Neutron.Extensions.AliasesAsync(Scope.Own, cancelled)).Contains(Extension.PortForwarding))
            {
                refused.Add($"the child forwards no ports of floating IPs ({Extension.PortForwarding}), as {ip.Address} has", isFinal: true, ip.ParentId);
                continue;
            }

            if (seen.FloatingIps.FirstOrDefault(one => Stamp.ParentOf(one.Description) == ip.ParentId) is { } there)
            {
                await EnsureAsync(ip, there.Id, refused, cancelled);
            }
        }
    }

    async Task EnsureAsync(WantedFloatingIp ip, string childId, Obstacles refused, CancellationToken cancelled)
    {
        var there = await Neutron.PortForwardings.ListAsync(Scope.Own, childId, cancelled).ToListAsync(cancelled);
        foreach (var loose in there.Where(one => !ip.Forwardings.Contains(ForwardingMap.Seen(one))))
        {
            await Gone.IsFineAsync(() => Neutron.PortForwardings.DeleteAsync(Scope.Own, childId, loose.Id, cancelled));
        }

        foreach (var missing in ip.Forwardings.Except(there.Select(ForwardingMap.Seen)))
        {
            try
            {
                await Neutron.PortForwardings.CreateAsync(Scope.Own, childId, ForwardingMap.Request(missing), cancelled);
            }
            catch (CloudFault fault) when (Faults.IsFinal(fault) || fault.Kind is FaultKind.Conflict or FaultKind.NotFound)
            {
                refused.Add($"the child does not forward {missing.Protocol} {missing.ExternalPorts} of {ip.Address}: {Faults.Text(fault)}", Faults.IsFinal(fault), ip.ParentId);
            }
        }
    }
}
