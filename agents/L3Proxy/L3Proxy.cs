using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.L3;
using Cascade.Contracts.Neutron.Notices;
using Cascade.L3Proxy.Notices;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L3Proxy;

/// <summary>The contents page: everything that a parent from Zed on says to its L3 agents (<see cref="NeutronTopics.RouterNotices"/>), heard, or heard and left, and why.</summary>
internal sealed class L3ProxyPage : INoticePage
{
    /// <summary>Any 1.x: a newer parent only adds arguments.</summary>
    static readonly RpcVersion Any = new(1, 999);

    /// <summary>Not listened to: no queue is made, the broker has no work with it.</summary>
    public static IReadOnlyDictionary<string, string> NotHeard { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [NeutronTopics.NetworkUpdate] = "the MTU of a network: the child's network has it from L2-Proxy, and the child tells its own agent",
    };

    public IReadOnlyList<NeutronTopic> Heard { get; } = [.. NeutronTopics.RouterNotices.Where(topic => !NotHeard.ContainsKey(topic.Name)), .. NeutronTopics.RouterPushes];

    public RpcTable Page() => new RpcTable("l3_agent and neutron-vo-*", Any)
        .Answer<RoutersUpdated, RouterNotices>()
        .Answer<RouterAddedToAgent, RouterNotices>()
        .Answer<RouterDeleted, RouterNotices>()
        .Answer<RouterRemovedFromAgent, RouterNotices>()
        .Answer<AgentUpdated, RouterNotices>()
        .Answer<AddArpEntry, ChildsOwnNotices>()
        .Answer<DelArpEntry, ChildsOwnNotices>()
        .Answer<FipNamespaceDeleteOnExtNet, ChildsOwnNotices>()
        .Answer<Push, RouterPushes>();
}
