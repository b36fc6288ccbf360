namespace Cascade.L2Proxy.Ports;

/// <summary>Tells our other agents of ports; a hint, which nobody waits for. Without a bus of our own it is nobody's.</summary>
internal class PortEvents
{
    /// <summary>The child has a port for it: a server there may be given it.</summary>
    public virtual void Ready(PortEntry port)
    {
    }

    /// <summary>The parent was told.</summary>
    public virtual void Active(PortEntry port, string status)
    {
    }
}
