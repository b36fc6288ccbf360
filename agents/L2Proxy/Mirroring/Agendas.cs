namespace Cascade.L2Proxy.Mirroring;

/// <summary>Where to say that a port, a network or a mark is to be looked at. The agendas join when they are made: they need who writes here.</summary>
internal sealed class Agendas
{
    Action<string>? port;
    Action<string>? network;
    Action<string>? mark;
    Action<string>? differing;

    /// <param name="differingPorts">A port that a comparison found not to be as it shall be; looked at as any other without it.</param>
    public void Join(Action<string> ports, Action<string> networks, Action<string> marks, Action<string>? differingPorts = null) =>
        (port, network, mark, differing) = (ports, networks, marks, differingPorts ?? ports);

    public void Port(string id) => port?.Invoke(id);

    /// <summary>Both clouds were compared, and this port is not as it shall be.</summary>
    public void PortDiffers(string id) => differing?.Invoke(id);

    public void Network(string id) => network?.Invoke(id);

    /// <summary>What the parent was told of this port is to be marked in the child.</summary>
    public void Mark(string portId) => mark?.Invoke(portId);
}
