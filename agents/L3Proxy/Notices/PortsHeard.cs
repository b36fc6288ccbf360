using Cascade.Agent;
using Cascade.Agent.Events;
using Cascade.Contracts.Events;
using Cascade.L3Proxy.Placeholders;
using Cascade.L3Proxy.Routers;

namespace Cascade.L3Proxy.Notices;

/// <summary>L2-Proxy of this host has made a port: the floating IP that waits for it, or led to a placeholder that had to go, need not wait for its next look.</summary>
internal sealed class PortsHeard(AgentOptions agent, RouterBook book, PlaceholderMirroring placeholders, Agendas agendas) : IHear<PortReady>
{
    public Task HearAsync(PortReady what, CancellationToken cancelled)
    {
        if (what.Host == agent.Host)
        {
            foreach (var entry in book.All.Where(entry => entry.FloatingIps.Values.Any(ip => ip.PortId == what.PortId && (ip.ChildId is null || placeholders.Uses(entry.ParentId)))))
            {
                agendas.Router(entry.ParentId);
            }
        }

        return Task.CompletedTask;
    }
}
