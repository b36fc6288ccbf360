namespace Cascade.L2Proxy.Mirroring;

/// <summary>Where to say that a port, a network or a mark is to be looked at. The agendas join when they are made: they need who writes here.</summary>
internal sealed class Agendas
{
    Action<string>? port;
    Action<string>? network;
    Action<string>? mark;

    public void Join(Action<string> ports, Action<string> networks, Action<string> marks) => (port, network, mark) = (ports, networks, marks);

    public void Port(string id) => port?.Invoke(id);

    public void Network(string id) => network?.Invoke(id);

    /// <summary>What the parent was told of this port is to be marked in the child.</summary>
    public void Mark(string portId) => mark?.Invoke(portId);
}
