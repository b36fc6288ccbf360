namespace Cascade.L2Proxy.Mirroring;

/// <summary>Where to say that a port or a network of the parent is to be looked at. The agendas join when they are made: they need who writes here.</summary>
internal sealed class Agendas
{
    Action<string>? port;
    Action<string>? network;

    public void Join(Action<string> ports, Action<string> networks) => (port, network) = (ports, networks);

    public void Port(string id) => port?.Invoke(id);

    public void Network(string id) => network?.Invoke(id);
}
