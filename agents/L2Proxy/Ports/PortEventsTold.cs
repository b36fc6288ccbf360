using Cascade.Agent;
using Cascade.Agent.Events;
using Cascade.Contracts.Events;

namespace Cascade.L2Proxy.Ports;

/// <summary>The same on the bus of the agents.</summary>
internal sealed class PortEventsTold(IEvents events, AgentOptions agent) : PortEvents
{
    public override void Ready(PortEntry port)
    {
        if (port.ChildId is { } childId)
        {
            events.Tell(new PortReady(agent.Host, port.ParentId, childId, port.Seen ?? "DOWN"));
        }
    }

    public override void Active(PortEntry port, string status)
    {
        if (port.ChildId is { } childId)
        {
            events.Tell(new PortActive(agent.Host, port.ParentId, childId, status));
        }
    }
}
