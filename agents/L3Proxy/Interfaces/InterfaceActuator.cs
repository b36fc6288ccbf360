using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Interfaces;

/// <summary>
/// The verbs of a router's port inside: made with the parent's MAC and addresses, named a router's from the create call on, so that nobody takes it for a server's, and
/// then given to the router. What tells it is its network, which is ours, and its MAC.
/// </summary>
internal sealed class InterfaceActuator(ChildCloud child, string projectId, string routerId, string networkId, string macAddress)
    : ServicePortActuator<WantedInterface>(child, projectId, networkId, macAddress, Owner)
{
    const string Owner = "network:router_interface";

    protected override IReadOnlyList<FixedIp> AddressesOf(WantedInterface wanted) => wanted.FixedIps;

    public override Task UpdateAsync(Port seen, WantedInterface wanted, CancellationToken cancelled) =>
        Neutron.Ports.UpdateAsync(Scope.Own, seen.Id, new() { FixedIps = wanted.FixedIps }, cancelled);

    /// <summary>A port that a router has goes by way of the router; one that none has yet, by itself.</summary>
    public override Task DeleteAsync(Port seen, CancellationToken cancelled) => Gone.IsFineAsync(async () =>
    {
        if (seen.DeviceId == routerId)
        {
            await Neutron.Routers.RemoveInterfaceAsync(Scope.Own, routerId, seen.Id, cancelled);
        }
        else
        {
            await Neutron.Ports.DeleteAsync(Scope.Own, seen.Id, cancelled);
        }
    });

    /// <summary>Gives the port to the router, unless it has it already.</summary>
    public async Task AttachAsync(Port port, CancellationToken cancelled)
    {
        if (port.DeviceId == routerId)
        {
            return;
        }

        try
        {
            await Neutron.Routers.AddInterfaceAsync(Scope.Own, routerId, port.Id, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown || fault.Code is NetworkError.PortInUse)
        {
            // A lost answer, or an earlier life: the port tells whose it is.
            if (await Neutron.Ports.FindAsync(Scope.Own, port.Id, cancelled) is not { } now || now.DeviceId != routerId)
            {
                throw;
            }
        }
    }

    /// <summary>Takes away what an earlier look has made on this network and no router ever took: it holds an address that is another one's now.</summary>
    public async Task FreeAsync(CancellationToken cancelled)
    {
        await foreach (var seen in Neutron.Ports.ListAsync(Scope.Own, new() { NetworkIds = [NetworkId], DeviceOwners = [Owner] }, cancelled))
        {
            if (IsLoose(seen, ProjectId) && !IsIt(seen))
            {
                await Gone.IsFineAsync(() => Neutron.Ports.DeleteAsync(Scope.Own, seen.Id, cancelled));
            }
        }
    }

    /// <summary>Made by us for an interface, and no router has it.</summary>
    public static bool IsLoose(Port seen, string projectId) =>
        seen.ProjectId == projectId && seen.DeviceOwner == Owner && string.IsNullOrEmpty(seen.DeviceId) && Stamp.ParentOf(seen.Description) is not null;
}
