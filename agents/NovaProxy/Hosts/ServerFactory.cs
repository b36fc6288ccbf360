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
    /// <summary>
    /// Messages of one topic that may be with us. One that waits (for an image, a port, its turn) keeps no other from beginning, as natively, where a build runs in a thread of
    /// its own (nova/compute/manager.py: build_and_run_instance): a delete ends the build before it. What works at once is the budget of the instances' queue.
    /// </summary>
    const ushort AtOnce = 1024;

    public ActiveServer Create(bool parked)
    {
        var page = NovaProxyTable.Page();
        var endpoint = new NovaEndpoint(page.On(services), page.Methods, boundary, aftercare);
        var grace = agent.GracefulShutdownTimeout - TimeSpan.FromSeconds(2);
        return new(transport.CreateServer(
            new()
            {
                Listen = [new("compute", identity.Host), new("compute-alt", identity.Host)],
                Prefetch = AtOnce,
                Concurrency = AtOnce,
                StartParked = parked,
                StopGrace = grace > TimeSpan.Zero ? grace : TimeSpan.FromSeconds(1),
                // nova/exception.py: an InstanceNotReady is HTTP 409 at consoles, and retried by nobody.
                Unavailable = reason => Contracts.Nova.Faults.NovaFaults.Failed($"the cloud behind host {identity.Host} does not answer: {reason}"),
            },
            endpoint));
    }
}
