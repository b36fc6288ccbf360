using Cascade.Agent.Events;
using Cascade.Contracts.Events;
using Cascade.NovaProxy.Networks.Mirrored;
using Cascade.NovaProxy.Networks.Plugging;
using Cascade.NovaProxy.Parent;

namespace Cascade.NovaProxy.Networks;

/// <summary>L2-Proxy says that a port of this host is there, or active: who waits for one looks at once. Without the bus they look every few seconds.</summary>
internal sealed class PortsHeard(HostIdentity identity, ChildPortWatch ports, PlugWatch plugs) : IHear<PortReady>, IHear<PortActive>
{
    public Task HearAsync(PortReady what, CancellationToken cancelled)
    {
        if (what.Host == identity.Host)
        {
            ports.Nudge();
        }

        return Task.CompletedTask;
    }

    public Task HearAsync(PortActive what, CancellationToken cancelled)
    {
        if (what.Host == identity.Host)
        {
            plugs.Nudge();
        }

        return Task.CompletedTask;
    }
}
