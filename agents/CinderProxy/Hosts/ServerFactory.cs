using Cascade.Agent;
using Cascade.CinderProxy.Parent;
using Cascade.Contracts.Cinder;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;

namespace Cascade.CinderProxy.Hosts;

/// <summary>
/// Makes the servers of the queues that mean us: <c>cinder-volume.host@backend.host</c>, where every directed message comes, and
/// <c>cinder-volume.host@backend</c> of older senders. The queue that all cinder-volumes share is never consumed: what is there is meant for nobody in particular.
/// As a cinder-backup we hear <c>cinder-backup.host@backend</c>, in a server of its own: a method of the same name is another one there.
/// </summary>
internal sealed class ServerFactory(RabbitTransport transport, VolumeHost host, AgentOptions agent, CinderProxyOptions options, IServiceProvider services)
{
    public ActiveServer Create(bool parked)
    {
        var directed = CinderTopics.Directed(host.Service);
        var volumes = Serve(CinderProxyTable.Page(), parked, new(directed.Topic, directed.Server), new(CinderTopics.Volume, host.Service) { Fanout = true });
        // Whether the child makes backups is seen later, and may change; a queue that nobody is told of stays empty.
        return options.Backup ? new(volumes, Serve(CinderBackupTable.Page(), parked, new RpcListen(CinderTopics.Backup, host.Service) { Fanout = true })) : new(volumes);
    }

    RpcServer Serve(RpcTable page, bool parked, params IReadOnlyList<RpcListen> listen)
    {
        var grace = agent.GracefulShutdownTimeout - TimeSpan.FromSeconds(2);
        return transport.CreateServer(
            new()
            {
                Listen = listen,
                Concurrency = agent.ExecutorThreadPoolSize,
                StartParked = parked,
                StopGrace = grace > TimeSpan.Zero ? grace : TimeSpan.FromSeconds(1),
                // cinder-api passes it on with its text where it passes anything on (cinder/api/v3/attachments.py).
                Unavailable = reason => CinderFaults.InvalidVolume($"the cloud behind {host.Service} does not answer: {reason}. Try again later"),
            },
            page.On(services));
    }
}
