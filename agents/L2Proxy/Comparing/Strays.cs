using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Comparing;

/// <summary>What the last comparison found in the child that is ours and that the parent does not know. Kept so that the reaper costs nothing while there is none.</summary>
internal sealed class Strays
{
    volatile IReadOnlyList<(Port Port, string ParentId)> ports = [];
    volatile IReadOnlyList<(NetworkInfo Network, string ParentId)> networks = [];

    public IReadOnlyList<(Port Port, string ParentId)> Ports => ports;

    public IReadOnlyList<(NetworkInfo Network, string ParentId)> Networks => networks;

    public void Set(IReadOnlyList<(Port Port, string ParentId)> strayPorts, IReadOnlyList<(NetworkInfo Network, string ParentId)> strayNetworks) =>
        (ports, networks) = (strayPorts, strayNetworks);

    public void Left(Port port) => ports = [.. ports.Where(one => one.Port.Id != port.Id)];

    public void Left(NetworkInfo network) => networks = [.. networks.Where(one => one.Network.Id != network.Id)];
}
