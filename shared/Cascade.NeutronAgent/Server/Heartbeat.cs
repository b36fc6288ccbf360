using Cascade.Agent;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent.Server;

/// <summary>
/// Reports our state each report_interval, from a thread of its own so that no amount of work makes the parent take us for dead, and only while the child
/// answers (D5): after agent_down_time of silence the parent binds no port here any more.
/// </summary>
public sealed class Heartbeat(
    StateReports reports, IChildHealth child, AgentOptions agent, Current<NeutronAgentOptions> options, TimeProvider time, ILogger<Heartbeat> log) : IWorker
{
    public string Name => "heartbeat";

    public Task RunAsync(CancellationToken cancelled) => OwnThread.RunAsync("heartbeat", () => BeatsAsync(cancelled));

    async Task BeatsAsync(CancellationToken cancelled)
    {
        // The first report was the registration.
        await Task.Delay(options.Value.ReportInterval, time, cancelled);
        while (true)
        {
            await WhileAwayAsync(cancelled);
            var began = time.GetTimestamp();
            await BeatAsync(cancelled);
            var left = options.Value.ReportInterval - time.GetElapsedTime(began);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancelled);
        }
    }

    async Task BeatAsync(CancellationToken cancelled)
    {
        try
        {
            await reports.SendAsync(cancelled);
        }
        catch (RpcTimeoutException late)
        {
            Log.HeartbeatUnanswered(log, late, agent.Host);
        }
        catch (RpcFault fault)
        {
            Log.HeartbeatRefused(log, fault, agent.Host);
        }
    }

    async Task WhileAwayAsync(CancellationToken cancelled)
    {
        if (child.Answers)
        {
            return;
        }

        Log.HeartbeatStops(log, agent.Host, child.Reason ?? "no reason given");
        await child.UntilAnswersAsync(cancelled);
        Log.HeartbeatGoesOn(log, agent.Host);
    }
}
