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
            case NeutronObjects.Port when ports.Touched.Has(hint.Id) || ports.Find(hint.Id) is not null || routers.Knows(hint.Id) || (!hint.IsDeletion && hint.MayConcern(rules.Host)):
                agendas.Port(hint.Id);
                break;
            case NeutronObjects.Network when IsOurs(hint.Id):
                agendas.Network(hint.Id);
                break;
            case NeutronObjects.Subnet when (networks.NetworkOfSubnet(hint.Id) ?? hint.Owner) is { } network && IsOurs(network):
                agendas.Network(network);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Also one that is still being made: what was read of it for that may be older than this.</summary>
    bool IsOurs(string networkId) => networks.Find(networkId) is not null || ports.On(networkId).Count > 0 || routers.IsAnyOn(networkId);
}
