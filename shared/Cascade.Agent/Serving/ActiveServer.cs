using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;

namespace Cascade.Agent.Serving;

/// <summary>The server of one turn of a lease, started once and stopped only if it was.</summary>
public sealed class ActiveServer(RpcServer server) : IRpcServer, IAsyncDisposable
{
    bool started;

    /// <summary>Ends with the mistake when the broker refuses the configuration for good.</summary>
    public Task Completion => server.Completion;

    /// <summary>Opens its queues.</summary>
    public async Task StartAsync(CancellationToken cancelled)
    {
        started = true;
        await server.StartAsync(cancelled);
    }

    /// <summary>Serves: opens the queues if that is still to be done, and takes up what was parked.</summary>
    public Task ServeAsync(CancellationToken cancelled) => started ? server.ResumeAsync(cancelled) : StartAsync(cancelled);

    public Task ParkAsync(string reason, CancellationToken cancelled) => server.ParkAsync(reason, cancelled);

    public Task ResumeAsync(CancellationToken cancelled) => server.ResumeAsync(cancelled);

    public Task StopAsync(CancellationToken cancelled) => started ? server.StopAsync(cancelled) : Task.CompletedTask;

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
