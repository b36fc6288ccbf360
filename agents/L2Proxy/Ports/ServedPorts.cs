using Cascade.L2Proxy.Parent;

namespace Cascade.L2Proxy.Ports;

/// <summary>How many ports of the parent stand in the child, for the report.</summary>
internal sealed class ServedPorts(PortBook book) : IServedPorts
{
    public int Count => book.Count;
}
