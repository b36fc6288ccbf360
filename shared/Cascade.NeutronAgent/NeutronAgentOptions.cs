using Cascade.Agent;
using Cascade.OpenStack;
using Cascade.Oslo.Config;

namespace Cascade.NeutronAgent;

/// <summary>What an operator says to any agent of Neutron, beside [DEFAULT] and [oslo_messaging_rabbit].</summary>
/// <param name="Child">[child]: the cloud that this host stands for.</param>
/// <param name="ReportInterval">[agent] report_interval, neutron's: between two reports of state (30 s; the parent's agent_down_time is 75 s).</param>
/// <param name="WatchInterval">Between two looks at what changed in the child (10 s).</param>
/// <param name="AuditInterval">Between two full comparisons (600 s).</param>
/// <param name="ReaperGrace">How long something of ours in the child that the parent does not know is left alone (1800 s).</param>
/// <param name="HintBuffer">Hints that may wait; one more makes it a full comparison.</param>
public sealed record NeutronAgentOptions(
    CloudOptions Child, TimeSpan ReportInterval, TimeSpan WatchInterval, TimeSpan AuditInterval, TimeSpan ReaperGrace, int HintBuffer)
{
    public static NeutronAgentOptions Read(OptionReader reader)
    {
        var agent = reader.Group("agent", "Options of a native agent, with its names and defaults.");
        var own = reader.Group("cascade", "Options of this agent.", own: true);
        return new(
            CloudSection.Read(reader, "child", "The child cloud that this host stands for.", "network"),
            agent.Seconds(
                "report_interval", 30, "Seconds between two reports of state; at most half of the parent's agent_down_time.", new() { Min = 1, Mutable = true }),
            own.Seconds("watch_interval", 10, "Seconds between two looks at what changed in the child.", new() { Min = 1 }),
            own.Seconds("audit_interval", 600, "Seconds between two full comparisons of parent and child, which also find what no message told.", new() { Min = 1 }),
            own.Seconds("reaper_grace", 1800, "Seconds that something of ours in the child which the parent does not know is left alone before it is deleted.", new() { Min = 1 }),
            own.Int("hint_buffer", 10_000, "Notices of changes that may wait; one more, and everything is compared instead.", new() { Min = 100 }));
    }
}
