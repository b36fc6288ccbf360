using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.Notices;
using Cascade.L2Proxy.Notices;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L2Proxy;

/// <summary>
/// The contents page: everything that a parent from Zed on says to its agents (<see cref="NeutronTopics"/>), heard, or not listened to and why. All of
/// it are fanouts; the topic that agents share by turns is never consumed.
/// </summary>
internal sealed class L2ProxyPage : INoticePage
{
    /// <summary>Any 1.x: a newer parent only adds arguments.</summary>
    static readonly RpcVersion Any = new(1, 999);

    /// <summary>Not listened to: no queue is made, the broker has no work with it.</summary>
    public static IReadOnlyDictionary<string, string> NotHeard { get; } = new Dictionary<string, string>
    {
        [NeutronTopics.TunnelUpdate] = "end points of tunnels: the child builds its own tunnels",
        [NeutronTopics.TunnelDelete] = "end points of tunnels: the child builds its own tunnels",
        [NeutronTopics.DvrUpdate] = "MACs of distributed routers: the child has its own",
        [NeutronTopics.L2Population] = "forwarding entries: the child's own agents learn theirs from the child",
    };

    public IReadOnlyList<NeutronTopic> Heard { get; } =
        [.. NeutronTopics.Notices.Where(topic => !NotHeard.ContainsKey(topic.Name)), .. NeutronTopics.Pushes];

    public RpcTable Page() => new RpcTable("q-agent-notifier-* and neutron-vo-*", Any)
        .Answer<PortUpdate, PortNotices>()
        .Answer<PortDelete, PortNotices>()
        .Answer<BindingActivate, PortNotices>()
        .Answer<BindingDeactivate, PortNotices>()
        .Answer<NetworkUpdate, NetworkNotices>()
        .Answer<NetworkDelete, NetworkNotices>()
        .Answer<SecurityGroupsRuleUpdated, SecurityGroupNotices>()
        .Answer<SecurityGroupsMemberUpdated, SecurityGroupNotices>()
        .Answer<Push, Pushes>();
}
