using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Neutron.Reports;
using Cascade.L2Proxy.Hints;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Parent;

/// <summary>
/// The reports of state, one after the other (ovs_neutron_agent.py: _report_state): resource_versions until the server has them, start_flag until
/// everything was compared once.
/// </summary>
internal sealed class StateReports(
    INeutronServer server, AgentOptions agent, Current<L2ProxyOptions> options, AgentIdentity identity, HintBook hints, HintPump pump, IEnumerable<IServedPorts> served, TimeProvider time, ILogger<StateReports> log)
{
    readonly IServedPorts? served = served.LastOrDefault();
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
        var state = State();
        var answer = await server.AskAsync(ReportState.Of(state, time.GetUtcNow()), cancelled, options.Value.ReportInterval);
        Judge(answer, told: state.ContainsKey("resource_versions"));
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

    JsonObject State()
    {
        var now = options.Value;
        var state = new OvsAgentState
        {
            Host = agent.Host,
            BridgeMappings = now.PhysicalNetworks,
            TunnelTypes = now.TunnelTypes,
            TunnelingIp = now.LocalIp,
            L2Population = now.L2Population,
            IntegrationBridge = now.IntegrationBridge,
            Devices = served?.Count ?? 0,
            Cascade = new() { ["agent"] = identity.Name, ["version"] = identity.Version, ["child"] = now.Child.Name },
        }.Build(Guid.NewGuid().ToString("D"), start: true);
        if (versionsTold)
        {
            state.Remove("resource_versions");
        }

        if (pump.HasSynced)
        {
            state.Remove("start_flag");
        }

        return state;
    }
}

/// <summary>How many ports of the parent this host serves: <c>devices</c> of the report. Register one.</summary>
internal interface IServedPorts
{
    int Count { get; }
}
