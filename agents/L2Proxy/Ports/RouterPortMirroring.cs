using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;

namespace Cascade.L2Proxy.Ports;

/// <summary>
/// Ports of the parent's routers: nothing is made for them here, the other agent of this host makes the child's router and its ports. It finds the network that
/// it needs for that in the child, because of this.
/// </summary>
internal sealed class RouterPortMirroring(ParentView parent, NetworkMirroring networks, PortRemoval removal, RouterPortBook book, Agendas agendas)
{
    /// <summary>A router's port on our host: its network comes, unless that is an external one.</summary>
    public async Task EnsureAsync(NeutronPort port, CancellationToken cancelled)
    {
        var wasOurs = await removal.HandOverAsync(port.Id, cancelled);
        if ((await parent.InsideAsync([port], cancelled)).Count == 0)
        {
            Leave(port.Id);
            return;
        }

        // Known before the network is made: a network that a port is on its way to is not taken away.
        book.Set(port.Id, port.NetworkId!);
        await networks.EnsureForRouterAsync(port, cancelled);
        if (wasOurs)
        {
            // A look between the two saw nobody on the network, and left it as it was shared.
            agendas.Network(port.NetworkId!);
        }
    }

    /// <summary>It is gone, or bound elsewhere: its network goes when nothing else needs it.</summary>
    public void Leave(string portId)
    {
        if (book.Remove(portId) is { } networkId)
        {
            agendas.Network(networkId);
        }
    }
}
