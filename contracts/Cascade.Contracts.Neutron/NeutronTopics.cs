using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron;

/// <summary>
/// The topics of neutron_lib/agent/topics.py. A topic of the server's is asked; every other one is a fanout that agents listen on
/// (exchange <c>&lt;topic&gt;_fanout</c>), and those of l2population and of routers are also cast to <c>&lt;topic&gt;.&lt;host&gt;</c>.
/// </summary>
public static class NeutronTopics
{
    public const string ControlExchange = "neutron";

    public const string Reports = "q-reports-plugin";
    public const string Plugin = "q-plugin";

    /// <summary>neutron/services/trunk/rpc/constants.py: TRUNK_BASE_TOPIC, which is its namespace too.</summary>
    public const string Trunk = "trunk";

    /// <summary>neutron_lib/agent/topics.py: L3PLUGIN.</summary>
    public const string L3Plugin = "q-l3-plugin";

    /// <summary>neutron_lib/agent/topics.py: L3_AGENT: a fanout and each host's own queue.</summary>
    public const string L3Agent = "l3_agent";

    public const string PortUpdate = "q-agent-notifier-port-update";
    public const string PortDelete = "q-agent-notifier-port-delete";
    public const string NetworkUpdate = "q-agent-notifier-network-update";
    public const string NetworkDelete = "q-agent-notifier-network-delete";
    public const string BindingActivate = "q-agent-notifier-binding-activate";
    public const string BindingDeactivate = "q-agent-notifier-binding-deactivate";
    public const string SecurityGroupUpdate = "q-agent-notifier-security_group-update";
    public const string TunnelUpdate = "q-agent-notifier-tunnel-update";
    public const string TunnelDelete = "q-agent-notifier-tunnel-delete";
    public const string DvrUpdate = "q-agent-notifier-dvr-update";
    public const string L2Population = "q-agent-notifier-l2population-update";

    /// <summary>Every fanout with the methods that arrive on it. Any 1.x is to be served, unknown methods are to be ignored.</summary>
    public static IReadOnlyList<NeutronTopic> Notices { get; } =
    [
        new(PortUpdate, ["port_update"]),
        new(PortDelete, ["port_delete"]),
        new(NetworkUpdate, ["network_update"]),
        new(NetworkDelete, ["network_delete"]),
        new(BindingActivate, ["binding_activate"]),
        new(BindingDeactivate, ["binding_deactivate"]),
        new(SecurityGroupUpdate, ["security_groups_rule_updated", "security_groups_member_updated"]),
        new(TunnelUpdate, ["tunnel_update"]),
        new(TunnelDelete, ["tunnel_delete"]),
        new(DvrUpdate, ["dvr_mac_address_update"]),
        new(L2Population, ["add_fdb_entries", "remove_fdb_entries", "update_fdb_entries"], ToHost: true),
    ];

    /// <summary>The fanouts of pushed objects, of the types an agent of the second layer listens for, at the versions it reports.</summary>
    public static IReadOnlyList<NeutronTopic> Pushes { get; } =
        [.. NeutronObjects.Pushed.Select(type => new NeutronTopic(Push(type), ["push"]))];

    /// <summary>What an agent of the third layer hears. <c>router_added_to_agent</c> is a call and must be answered; to one host go all that have no fanout.</summary>
    public static IReadOnlyList<NeutronTopic> RouterNotices { get; } =
    [
        new(
            L3Agent,
            [
                "routers_updated", "router_deleted", "router_removed_from_agent", "router_added_to_agent", "agent_updated", "add_arp_entry", "del_arp_entry",
                "fipnamespace_delete_on_ext_net",
            ],
            ToHost: true),
        new(NetworkUpdate, ["network_update"]),
    ];

    /// <summary>The fanouts of pushed objects, of the types an agent of the third layer listens for.</summary>
    public static IReadOnlyList<NeutronTopic> RouterPushes { get; } =
        [.. NeutronObjects.PushedToRouters.Select(type => new NeutronTopic(Push(type), ["push"]))];

    /// <summary>
    /// neutron/api/rpc/handlers/resources_rpc.py: resource_type_versioned_topic. The version is the one that we report in
    /// <c>resource_versions</c>: the server pushes every reported one besides its own.
    /// </summary>
    public static string Push(string type) => $"neutron-vo-{type}-{NeutronObjects.Version(type)}";
}

/// <param name="Name">The topic.</param>
/// <param name="Methods">What the server casts on it.</param>
/// <param name="ToHost">True when the server also speaks to one host's own queue.</param>
public sealed record NeutronTopic(string Name, IReadOnlyList<string> Methods, bool ToHost = false);
