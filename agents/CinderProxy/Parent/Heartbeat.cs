using Cascade.Agent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror.Watching;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Parent;

/// <summary>
/// Says to the parent that we live, each report_interval as native does, and only while the child answers (D5): otherwise the parent calls the service down after
/// its service_down_time, and the schedulers stop choosing it. On a thread of its own: no amount of work makes the parent take us for dead.
/// </summary>
internal sealed class Heartbeat(ServiceKeeper service, IChildHealth child, VolumeHost host, Current<AgentOptions> options, TimeProvider time, ILogger<Heartbeat> log) : IWorker
{
    bool silent;

    public string Name => "heartbeat";

    public Task RunAsync(CancellationToken cancelled) => OwnThread.RunAsync("heartbeat", () => BeatsAsync(cancelled));

    async Task BeatsAsync(CancellationToken cancelled)
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
                Log.HeartbeatStops(log, host.Service, child.Reason ?? "no reason given", options.Value.ServiceDownTime.TotalSeconds);
            }

            silent = true;
            return;
        }

        if (silent)
        {
            Log.HeartbeatGoesOn(log, host.Service);
            silent = false;
        }

        try
        {
            await service.BeatAsync(cancelled);
        }
        catch (Exception away) when (away is DatabaseAwayException or CommitUnknownException)
        {
            Log.HeartbeatUnheard(log, away, host.Service, away.Message);
        }
    }
}
