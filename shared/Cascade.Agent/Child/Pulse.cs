using Cascade.Agent.Serving;
using Cascade.Mirror.Watching;

namespace Cascade.Agent.Child;

/// <summary>
/// When to say to the parent that we live: each report_interval as native does, and only while the child answers (D5): otherwise the parent calls the service down after
/// its service_down_time, and the schedulers stop choosing it. The moment the child is back it beats at once.
/// </summary>
/// <param name="child">Whose silence is ours.</param>
/// <param name="options">How often; it may change while it runs.</param>
/// <param name="time">The clock.</param>
public sealed class Pulse(IChildHealth child, Current<AgentOptions> options, TimeProvider time)
{
    bool silent;

    /// <summary>Beats until cancelled, on a thread that no amount of other work can take.</summary>
    /// <param name="beat">One beat; what it throws ends the pulse.</param>
    /// <param name="stops">Gets the reason, once for each silence.</param>
    /// <param name="goesOn">Once for each silence that is over.</param>
    /// <param name="cancelled">Ends it.</param>
    public Task RunAsync(Func<CancellationToken, Task> beat, Action<string> stops, Action goesOn, CancellationToken cancelled) =>
        OwnThread.RunAsync("heartbeat", () => BeatsAsync(beat, stops, goesOn, cancelled));

    /// <summary>One beat, or none.</summary>
    public Task BeatAsync(Func<CancellationToken, Task> beat, Action<string> stops, Action goesOn, CancellationToken cancelled)
    {
        if (!child.Answers)
        {
            if (!silent)
            {
                stops(child.Reason ?? "no reason given");
            }

            silent = true;
            return Task.CompletedTask;
        }

        if (silent)
        {
            goesOn();
            silent = false;
        }

        return beat(cancelled);
    }

    async Task BeatsAsync(Func<CancellationToken, Task> beat, Action<string> stops, Action goesOn, CancellationToken cancelled)
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
                await BeatAsync(beat, stops, goesOn, cancelled);
                await back.WaitAsync(options.Value.ReportInterval, cancelled);
            }
        }
        finally
        {
            child.Changed -= Wake;
        }
    }
}
