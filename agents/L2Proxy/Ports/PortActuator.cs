using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Ports;

/// <summary>
/// The verbs of one port. What tells it is its network, which is ours, and its MAC: on a network that is not his own a tenant may neither choose nor change a
/// MAC or an address (neutron/conf/policies/port.py: create_port:mac_address, update_port:mac_address: ADMIN_OR_NET_OWNER). The stamp in the description is
/// for people and for looking up what is to go.
/// </summary>
internal sealed class PortActuator(ChildCloud child, string networkId, string macAddress) : NeutronActuator<WantedPort, Port>("port")
{
    Cascade.OpenStack.Network.Ports Ports => child.Cloud.Network.Ports;

    public override string IdOf(Port seen) => seen.Id;

    public override async Task<Port?> FindAsync(string childId, CancellationToken cancelled) =>
        await Ports.FindAsync(Scope.Own, childId, cancelled) is { } seen && IsIt(seen) ? seen : null;

    public override async Task<Port?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        await foreach (var seen in Ports.ListAsync(Scope.Own, new() { NetworkIds = [networkId], MacAddresses = [macAddress] }, cancelled))
        {
            if (IsIt(seen))
            {
                return seen;
            }
        }

        return null;
    }

    protected override Task<Port> MakeAsync(string parentId, WantedPort wanted, CancellationToken cancelled) =>
        Ports.CreateAsync(Scope.Own, PortBody.Create(wanted), cancelled);

    /// <summary>What a fault means is for who asked to judge.</summary>
    protected override bool IsRefusal(CloudFault fault) => false;

    public override async Task UpdateAsync(Port seen, WantedPort wanted, CancellationToken cancelled)
    {
        if (PortBody.Difference(seen, wanted) is { } change)
        {
            await Ports.UpdateAsync(Scope.Own, seen.Id, change.Update, cancelled);
        }
    }

    public override Task DeleteAsync(Port seen, CancellationToken cancelled) => Gone.IsFineAsync(() => Ports.DeleteAsync(Scope.Own, seen.Id, cancelled));

    bool IsIt(Port seen) => seen.NetworkId == networkId && string.Equals(seen.MacAddress, macAddress, StringComparison.OrdinalIgnoreCase) && !IsService(seen);

    /// <summary>The child's own: its DHCP, its routers.</summary>
    public static bool IsService(Port seen) => seen.DeviceOwner is { } owner && owner.StartsWith("network:", StringComparison.Ordinal);

    /// <summary>A router's in the child: a network is not deleted under it.</summary>
    public static bool IsRouters(Port seen) => seen.DeviceOwner is { } owner && (owner.StartsWith("network:router_", StringComparison.Ordinal) || owner is "network:ha_router_replicated_interface");

    /// <summary>A server in the child uses it: nova takes it away first, its deletion would take the interface from under the server.</summary>
    public static bool IsHeld(Port seen) => !string.IsNullOrEmpty(seen.DeviceId) && !IsService(seen);
}
