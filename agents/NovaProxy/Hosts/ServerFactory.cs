using Cascade.Agent;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging;

namespace Cascade.NovaProxy.Hosts;

/// <summary>Makes the server of both topics: a 2026.1 parent sends some methods to compute-alt whatever version we claim, so both are always served.</summary>
internal sealed class ServerFactory(
    RabbitTransport transport,
    HostIdentity identity,
    AgentOptions agent,
    InstanceBoundary boundary,
    DeclinedAftercare aftercare,
    IServiceProvider services)
{
    public ActiveServer Create(bool parked)
    {
        var page = NovaProxyTable.Page();
        var endpoint = new NovaEndpoint(page.On(services), page.Methods, boundary, aftercare);
        var grace = agent.GracefulShutdownTimeout - TimeSpan.FromSeconds(2);
        return new(transport.CreateServer(
            new()
            {
                Listen = [new("compute", identity.Host), new("compute-alt", identity.Host)],
                Concurrency = agent.ExecutorThreadPoolSize,
                StartParked = parked,
                StopGrace = grace > TimeSpan.Zero ? grace : TimeSpan.FromSeconds(1),
                // nova/exception.py: an InstanceNotReady is HTTP 409 at consoles, and retried by nobody.
                Unavailable = reason => Contracts.Nova.Faults.NovaFaults.Failed($"the cloud behind host {identity.Host} does not answer: {reason}"),
            },
            endpoint));
    }
}
