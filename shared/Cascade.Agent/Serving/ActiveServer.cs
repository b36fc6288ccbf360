using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Messaging.Topology;

namespace Cascade.Agent.Serving;

/// <summary>
/// What serves in one turn of a lease, started once and stopped only if it was: one server, or, where an agent stands for several services, one for each, which start,
/// park, resume and stop together.
/// </summary>
public sealed class ActiveServer(params IReadOnlyList<RpcServer> servers) : IRpcServer, IAsyncDisposable
{
    bool started;

    /// <summary>Ends with the mistake when the broker refuses the configuration of any of them for good.</summary>
    public Task Completion => Task.WhenAny(servers.Select(server => server.Completion)).Unwrap();

    /// <summary>The queues of all of them, each once.</summary>
    public IReadOnlyList<ServedQueue> Queues => [.. servers.SelectMany(server => server.Queues).DistinctBy(queue => queue.Name)];

    /// <summary>Opens the queues, of one server after the other.</summary>
    public async Task StartAsync(CancellationToken cancelled)
    {
        started = true;
        foreach (var server in servers)
        {
            await server.StartAsync(cancelled);
        }
    }

    /// <summary>Serves: opens the queues if that is still to be done, and takes up what was parked.</summary>
    public Task ServeAsync(CancellationToken cancelled) => started ? ResumeAsync(cancelled) : StartAsync(cancelled);

    public Task ParkAsync(string reason, CancellationToken cancelled) => Task.WhenAll(servers.Select(server => server.ParkAsync(reason, cancelled)));

    public Task ResumeAsync(CancellationToken cancelled) => Task.WhenAll(servers.Select(server => server.ResumeAsync(cancelled)));

    public Task StopAsync(CancellationToken cancelled) => started ? Task.WhenAll(servers.Select(server => server.StopAsync(cancelled))) : Task.CompletedTask;

    /// <inheritdoc cref="RpcServer.AbandonAsync"/>
    public Task AbandonAsync() => started ? Task.WhenAll(servers.Select(server => server.AbandonAsync())) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }
}
