using Cascade.L2Proxy.Networks;

namespace Cascade.L2Proxy.Comparing;

/// <summary>Reads everything of ours in the child by lists: as many questions as there are pages.</summary>
internal sealed class ChildReader(ChildNetworks child)
{
    public async Task<ChildSide> ReadAsync(CancellationToken cancelled)
    {
        var networks = await child.OursAsync(cancelled);
        return networks.Count == 0
            ? new([], [], [], [])
            : new(networks, await child.OurSubnetsAsync(cancelled), await child.SharesAsync(null, cancelled), await child.PortsAsync([.. networks.Select(network => network.Id)], cancelled));
    }
}
