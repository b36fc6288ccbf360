using Cascade.Agent;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>The beat of our service record, while the child answers (<see cref="Pulse"/>).</summary>
internal sealed class Heartbeat(
    ServiceKeeper service,
    HostKeeper host,
    IChildHealth child,
    HostIdentity identity,
    Current<AgentOptions> options,
    TimeProvider time,
    ILogger<Heartbeat> log) : IWorker
{
    readonly Pulse pulse = new(child, options, time);

    public string Name => "heartbeat";

    public Task RunAsync(CancellationToken cancelled) => pulse.RunAsync(SendAsync, Stops, GoesOn, cancelled);

    /// <summary>One beat, or none.</summary>
    public Task BeatAsync(CancellationToken cancelled) => pulse.BeatAsync(SendAsync, Stops, GoesOn, cancelled);

    void Stops(string reason) => Log.HeartbeatStops(log, identity.Host, reason, options.Value.ServiceDownTime.TotalSeconds);

    void GoesOn() => Log.HeartbeatGoesOn(log, identity.Host);

    async Task SendAsync(CancellationToken cancelled)
    {
        try
        {
            await service.BeatAsync(cancelled);
        }
        catch (RpcFault fault) when (fault.Is("ServiceNotFound"))
        {
            Log.ServiceDeleted(log, identity.Host);
            await host.RegisterAsync(cancelled);
        }
        catch (RpcTimeoutException late)
        {
            Log.HeartbeatUnanswered(log, late, identity.Host);
        }
    }
}
