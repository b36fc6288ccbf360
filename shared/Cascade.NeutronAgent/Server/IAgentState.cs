using System.Text.Json.Nodes;

namespace Cascade.NeutronAgent.Server;

/// <summary>The state that an agent reports: <c>agent_state</c> of report_state. Register one.</summary>
public interface IAgentState
{
    /// <summary>
    /// True for an agent that counts as starting until everything was compared once (ovs_neutron_agent.py: _report_state), false for one that starts with its
    /// first report only (agent/l3/agent.py: L3NATAgentWithStateReport._report_state).
    /// </summary>
    bool StartsUntilSynced { get; }

    /// <summary>As it is now.</summary>
    /// <param name="start">With <c>start_flag</c>.</param>
    /// <param name="versions">With <c>resource_versions</c>, for an agent that has them.</param>
    JsonObject Build(bool start, bool versions);
}
