using Cascade.Agent;
using Cascade.CinderProxy.Parent.Database;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Parent;

/// <summary>The beat of our rows in the parent's services, while the child answers (<see cref="Pulse"/>).</summary>
internal sealed class Heartbeat(
    ServiceKeeper service, BackupKeeper backups, IChildHealth child, VolumeHost host, Current<AgentOptions> options, TimeProvider time, ILogger<Heartbeat> log) : IWorker
{
    readonly Pulse pulse = new(child, options, time);

    public string Name => "heartbeat";

    public Task RunAsync(CancellationToken cancelled) => pulse.RunAsync(WriteAsync, Stops, GoesOn, cancelled);

    /// <summary>One beat, or none.</summary>
    public Task BeatAsync(CancellationToken cancelled) => pulse.BeatAsync(WriteAsync, Stops, GoesOn, cancelled);

    void Stops(string reason) => Log.HeartbeatStops(log, host.Service, reason, options.Value.ServiceDownTime.TotalSeconds);

    void GoesOn() => Log.HeartbeatGoesOn(log, host.Service);

    async Task WriteAsync(CancellationToken cancelled)
    {
        try
        {
            await service.BeatAsync(cancelled);
            await backups.BeatAsync(cancelled);
        }
        catch (Exception away) when (away is DatabaseAwayException or CommitUnknownException)
        {
            Log.HeartbeatUnheard(log, away, host.Service, away.Message);
        }
    }
}
