using Cascade.NeutronAgent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.NeutronAgent.Ports;

/// <summary>
/// A port of ours in the child for one of the parent that is bound nowhere, such as an address that servers share by allowed address pairs, or a server's that is shelved:
/// a floating IP needs a port to lead to. The agent of routers makes and removes it and the agent of ports leaves it alone, but for one that is in the way of a port of
/// its own: then the parent's is bound here, and the placeholder's time is over.
/// </summary>
public static class Placeholder
{
    /// <summary>
    /// Nobody but an administrator or the owner of the network may name an owner that begins so (neutron/conf/policies/port.py: network_device, create_port:device_owner): no
    /// tenant can forge one on a network of ours.
    /// </summary>
    public const string Owner = "network:cascade_placeholder";

    public static bool Is(Port seen) => seen.DeviceOwner == Owner;

    /// <summary>Takes it away, if it is still one.</summary>
    /// <returns>False when it is another's by now.</returns>
    public static async Task<bool> RemoveAsync(ChildCloud child, string portId, CancellationToken cancelled)
    {
        var ports = child.Cloud.Network.Ports;
        if (await ports.FindAsync(Scope.Own, portId, cancelled) is { } seen && !Is(seen))
        {
            return false;
        }

        await Gone.IsFineAsync(() => ports.DeleteAsync(Scope.Own, portId, cancelled));
        return true;
    }
}
