using Cascade.Oslo.Config;

namespace Cascade.L3Proxy;

/// <summary>What an operator says to this agent, beside what all agents of Neutron have. The sample file shows it all.</summary>
/// <param name="AgentMode">[DEFAULT] agent_mode: <c>legacy</c> or <c>dvr_snat</c>.</param>
/// <param name="AvailabilityZone">[agent] availability_zone: what <c>availability_zone_hints</c> of routers choose by.</param>
/// <param name="HandleInternalOnlyRouters">[DEFAULT] handle_internal_only_routers: routers without a gateway, too.</param>
/// <param name="ExternalNetworks">[cascade] external_networks: the parent's external network → the child's, by ids.</param>
public sealed record L3ProxyOptions(string AgentMode, string AvailabilityZone, bool HandleInternalOnlyRouters, IReadOnlyDictionary<string, string> ExternalNetworks)
{
    static readonly string[] Modes = ["legacy", "dvr_snat"];

    public static L3ProxyOptions Read(OptionReader reader)
    {
        var main = reader.Group("DEFAULT");
        var agent = reader.Group("agent");
        var own = reader.Group("cascade");
        return new(
            main.Text("agent_mode", "legacy", "How the parent schedules routers to this agent: legacy, or dvr_snat for distributed ones too.", new() { Choices = Modes })!,
            agent.Text("availability_zone", "nova", "Availability zone of this agent in the parent.")!,
            main.Bool("handle_internal_only_routers", true, "Whether routers without a gateway may be scheduled to this agent."),
            own.Pairs(
                "external_networks",
                "External networks of the parent that the child has too, the same segment with the same addresses, each with the child's id of it: PARENT:CHILD, …",
                new() { Sample = "11111111-1111-1111-1111-111111111111:22222222-2222-2222-2222-222222222222" }));
    }
}
