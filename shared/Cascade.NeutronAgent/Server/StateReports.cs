using Cascade.Agent;
using Cascade.Contracts.Neutron.Reports;
using Cascade.NeutronAgent.Hints;
using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent.Server;

/// <summary>
/// The reports of state, one after the other: resource_versions until the server has them, start_flag as long as this kind of agent counts as starting.
/// </summary>
public sealed class StateReports(
    INeutronServer server, IAgentState state, AgentOptions agent, Current<NeutronAgentOptions> options, HintBook hints, HintPump pump, TimeProvider time, ILogger<StateReports> log)
{
    bool versionsTold;
    bool registered;
    bool behind;

    /// <summary>A new life of this agent.</summary>
    public void Begin()
    {
        versionsTold = false;
        registered = false;
    }

    /// <summary>One report.</summary>
    /// <returns>False when the server dropped it: our clock is behind.</returns>
    public async Task<bool> SendAsync(CancellationToken cancelled)
    {
        var tells = !versionsTold;
        var now = state.Build(start: state.StartsUntilSynced ? !pump.HasSynced : !registered, versions: tells);
        var answer = await server.AskAsync(ReportState.Of(now, time.GetUtcNow()), cancelled, options.Value.ReportInterval);
        Judge(answer, tells);
        behind = answer is ReportAnswer.Dropped;
        registered |= !behind;
        return !behind;
    }

    void Judge(ReportAnswer answer, bool told)
    {
        switch (answer)
        {
            case ReportAnswer.Dropped:
                if (!behind)
                {
                    Log.ClockBehind(log, time.GetUtcNow());
                }

                return;
            case ReportAnswer.New when registered:
                // An operator deleted the agent: the new row has none of what the old one was told.
                Log.AgentForgotten(log, agent.Host);
                versionsTold = told;
                hints.Resync("the parent did not know the agent any more");
                return;
            case ReportAnswer.Revived:
                Log.Revived(log, agent.Host);
                versionsTold = told;
                hints.Resync("the parent took the agent for dead");
                return;
            default:
                versionsTold |= told;
                return;
        }
    }
}
