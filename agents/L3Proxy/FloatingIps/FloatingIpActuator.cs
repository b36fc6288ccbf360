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

    public override async Task<FloatingIp?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        await foreach (var seen in FloatingIps.ListAsync(Scope.Own, new() { Description = Stamp.Of(parentId), ProjectId = projectId }, cancelled))
        {
            if (seen.ProjectId == projectId && Stamp.ParentOf(seen.Description) == parentId && seen.FloatingNetworkId == networkId && seen.Address == address)
            {
                return seen;
            }
        }

        return null;
    }

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
                },
                cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(Faults.Text(fault), fault);
        }
    }

    public override Task UpdateAsync(FloatingIp seen, WantedFloatingIp wanted, CancellationToken cancelled) => FloatingIps.UpdateAsync(
        Scope.Own,
        seen.Id,
        new() { PortId = wanted.PortId, FixedIpAddress = wanted.PortId is null ? null : wanted.FixedIpAddress },
        cancelled);

    public override Task DeleteAsync(FloatingIp seen, CancellationToken cancelled) => Gone.IsFineAsync(() => FloatingIps.DeleteAsync(Scope.Own, seen.Id, cancelled));
}
