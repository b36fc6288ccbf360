using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.NeutronAgent.Hints;

namespace Cascade.L2Proxy.Mirroring;

/// <summary>What is told of ports, networks and subnets of the whole parent, and what of it is our business.</summary>
internal sealed class MirrorHints(PortBook ports, RouterPortBook routers, NetworkBook networks, Agendas agendas, MirrorRules rules) : IHints
{
    public ValueTask TakeAsync(Hint hint, CancellationToken cancelled)
    {
        switch (hint.Type)
        {
            case NeutronObjects.Port when ports.Find(hint.Id) is not null || routers.Knows(hint.Id) || (!hint.IsDeletion && hint.MayConcern(rules.Host)):
                agendas.Port(hint.Id);
                break;
            case NeutronObjects.Network when networks.Find(hint.Id) is not null:
                agendas.Network(hint.Id);
                break;
            case NeutronObjects.Subnet when (networks.NetworkOfSubnet(hint.Id) ?? hint.Owner) is { } network && networks.Find(network) is not null:
                agendas.Network(network);
                break;
        }

        return ValueTask.CompletedTask;
    }
}
