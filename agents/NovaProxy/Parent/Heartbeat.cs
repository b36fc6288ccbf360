using Cascade.Agent;
using Cascade.Mirror.Watching;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// Says to the parent that we live, each report_interval as native does, and only while the child answers (D5): otherwise the parent calls the
/// host down after its service_down_time, and the scheduler stops choosing it.
/// </summary>
internal sealed class Heartbeat(
    ServiceKeeper service,
    HostKeeper host,
    IChildHealth child,
    HostIdentity identity,
    Current<AgentOptions> options,
    TimeProvider time,
    ILogger<Heartbeat> log) : IWorker
{
    bool silent;

    public string Name => "heartbeat";

    public async Task RunAsync(CancellationToken cancelled)
    {
        using var back = new Nudge(time);
        void Wake(object? sender, EventArgs e)
        {
            if (child.Answers)
            {
                back.Give();
            }
        }

        child.Changed += Wake;
        try
        {
            while (!cancelled.IsCancellationRequested)
            {
                await BeatAsync(cancelled);
                await back.WaitAsync(options.Value.ReportInterval, cancelled);
            }
        }
        finally
        {
            child.Changed -= Wake;
        }
    }

    /// <summary>One beat, or none.</summary>
    public async Task BeatAsync(CancellationToken cancelled)
    {
        if (!child.Answers)
        {
            if (!silent)
            {
                Log.HeartbeatStops(log, identity.Host, child.Reason ?? "no reason given", options.Value.ServiceDownTime.TotalSeconds);
            }

            silent = true;
            return;
        }

        if (silent)
        {
            Log.HeartbeatGoesOn(log, identity.Host);
            silent = false;
        }

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
