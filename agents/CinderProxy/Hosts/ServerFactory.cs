using Cascade.Agent;
using Cascade.CinderProxy.Parent;
using Cascade.Contracts.Cinder;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Oslo.Messaging;

namespace Cascade.CinderProxy.Hosts;

/// <summary>
/// Makes the server of the two queues that mean us: <c>cinder-volume.host@backend.host</c>, where every directed message comes, and
/// <c>cinder-volume.host@backend</c> of older senders. The queue that all cinder-volumes share is never consumed: what is there is meant for nobody in particular.
/// </summary>
internal sealed class ServerFactory(RabbitTransport transport, VolumeHost host, AgentOptions agent, IServiceProvider services)
{
    public ActiveServer Create(bool parked)
    {
        var directed = CinderTopics.Directed(host.Service);
        var grace = agent.GracefulShutdownTimeout - TimeSpan.FromSeconds(2);
        return new(transport.CreateServer(
            new()
            {
                Listen = [new(directed.Topic, directed.Server), new(CinderTopics.Volume, host.Service) { Fanout = true }],
                Concurrency = agent.ExecutorThreadPoolSize,
                StartParked = parked,
                StopGrace = grace > TimeSpan.Zero ? grace : TimeSpan.FromSeconds(1),
                // cinder-api passes it on with its text where it passes anything on (cinder/api/v3/attachments.py).
                Unavailable = reason => CinderFaults.InvalidVolume($"the cloud behind {host.Service} does not answer: {reason}. Try again later"),
            },
            CinderProxyTable.Page().On(services)));
    }
}
