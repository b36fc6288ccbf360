using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Topology;

namespace Cascade.Agent.Serving;

/// <summary>
/// The server of the moment: a copy that is active again after a lost lease has a new one. Without a server there is nothing to park; and
/// nothing is resumed before an earlier life's work is finished.
/// </summary>
sealed class ServingSwitch : IRpcServer
{
    volatile IRpcServer? serving;
    volatile bool ready;

    /// <summary>The queues of the server that runs; none without one.</summary>
    public IReadOnlyList<ServedQueue> Queues => (serving as ActiveServer)?.Queues ?? [];

    /// <param name="server">The server that runs, null for none.</param>
    /// <param name="recovered">True once it may serve casts.</param>
    public void Set(IRpcServer? server, bool recovered)
    {
        serving = server;
        ready = recovered;
    }

    public Task ParkAsync(string reason, CancellationToken cancelled) => serving is { } server && ready ? server.ParkAsync(reason, cancelled) : Task.CompletedTask;

    public Task ResumeAsync(CancellationToken cancelled) => serving is { } server && ready ? server.ResumeAsync(cancelled) : Task.CompletedTask;
}
