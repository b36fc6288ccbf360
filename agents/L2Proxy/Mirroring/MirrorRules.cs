using Cascade.NeutronAgent;

namespace Cascade.L2Proxy.Mirroring;

/// <summary>What the mirroring needs to know of the configuration.</summary>
/// <param name="Host">The parent's name for this child: one child, one host.</param>
internal sealed record MirrorRules(string Host)
{
    /// <summary>The parent's physical network → the child's, for VLAN and flat networks.</summary>
    public IReadOnlyDictionary<string, string> Physical { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The parent's <c>binding:vnic_type</c> → the child's; what is not named is refused.</summary>
    public IReadOnlyDictionary<string, string> VnicTypes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["normal"] = "normal" };

    /// <summary>The child's <c>dhcp_agents_per_network</c>: so many addresses of each subnet are reserved in the parent for the child's own DHCP.</summary>
    public int DhcpAgents { get; init; } = 1;

    /// <summary>Between two looks at what changed in the child.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long something of ours that the parent does not know is left alone.</summary>
    public TimeSpan ReaperGrace { get; init; } = TimeSpan.FromMinutes(30);

    public static MirrorRules Of(string host, NeutronAgentOptions agent, L2ProxyOptions options) => new(host)
    {
        Physical = options.PhysicalNetworks,
        VnicTypes = options.VnicTypes,
        DhcpAgents = options.DhcpAgentsPerNetwork,
        WatchInterval = agent.WatchInterval,
        ReaperGrace = agent.ReaperGrace,
    };
}
