using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Neutron.L3;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.NeutronAgent.Server;

namespace Cascade.L3Proxy.Parent;

/// <summary>The parent's routers of this host. Both reads are writes there, so they are asked as seldom, and only for what, a native agent asks.</summary>
internal sealed class ParentRouters(INeutronServer server, AgentOptions agent)
{
    /// <summary>Every router of this host, those that are administratively down too. Routers that no agent has are scheduled to this one first.</summary>
    public Task<IReadOnlyList<string>> IdsAsync(CancellationToken cancelled) => server.AskAsync(new GetRouterIds(agent.Host), cancelled);

    /// <summary>The router as it is now, its ports bound here; null when it is not here, or administratively down.</summary>
    public async Task<NeutronRouter?> RouterAsync(string id, CancellationToken cancelled) => (await RoutersAsync([id], cancelled)).SingleOrDefault(router => router.Id == id);

    /// <summary>All of this host that are not administratively down. Schedules nothing here, and binds only what is here already.</summary>
    public Task<IReadOnlyList<NeutronRouter>> AllAsync(CancellationToken cancelled) => server.AskAsync(new SyncRouters(agent.Host, null), cancelled);

    /// <param name="ids">Never empty ones: that would mean all.</param>
    public async Task<IReadOnlyList<NeutronRouter>> RoutersAsync(IReadOnlyCollection<string> ids, CancellationToken cancelled)
    {
        var found = new List<NeutronRouter>();
        foreach (var some in ids.Chunk(SyncRouters.MostAtOnce))
        {
            found.AddRange(await server.AskAsync(new SyncRouters(agent.Host, some), cancelled));
        }

        return found;
    }

    /// <summary>What these floating IPs forward, with ranges and descriptions.</summary>
    public async Task<ILookup<string, NeutronPortForwarding>> ForwardingsAsync(IReadOnlyCollection<string> floatingIps, CancellationToken cancelled) =>
        (await server.PullAsync(NeutronObjects.PortForwarding, "floatingip_id", floatingIps, NeutronPortForwarding.Read, cancelled)).ToLookup(one => one.FloatingIpId ?? "", StringComparer.Ordinal);

    /// <summary>The IPv6 addresses for which these routers answer outside.</summary>
    public async Task<ILookup<string, NeutronNdpProxy>> NdpProxiesAsync(IReadOnlyCollection<string> routers, CancellationToken cancelled) =>
        (await server.PullAsync(NeutronObjects.NdpProxy, "router_id", routers, NeutronNdpProxy.Read, cancelled)).ToLookup(one => one.RouterId ?? "", StringComparer.Ordinal);

    public Task<IReadOnlyList<NeutronPort>> PortsAsync(IReadOnlyCollection<string> ids, CancellationToken cancelled) =>
        server.PullAsync(NeutronObjects.Port, "id", ids, NeutronPort.Read, cancelled);

    /// <summary>Tells what floating IPs of a router have become; none named says only that what an update took away is down.</summary>
    public Task TellAsync(string routerId, IReadOnlyDictionary<string, string> statuses, CancellationToken cancelled) =>
        server.AskAsync(new UpdateFloatingIpStatuses(routerId, new JsonObject(statuses.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)))), cancelled);

    /// <summary>Tells which ports of routers are up and which are down; no tunnel of the parent hangs on them.</summary>
    /// <returns>Those that the server failed with.</returns>
    public async Task<IReadOnlySet<string>> TellPortsAsync(IReadOnlyList<string> up, IReadOnlyList<string> down, CancellationToken cancelled)
    {
        var reply = await server.AskAsync(new UpdateDeviceList(up, down, $"ovs-agent-{agent.Host}", agent.Host, RefreshTunnels: false), cancelled);
        return reply.FailedDevicesUp.Concat(reply.FailedDevicesDown).ToHashSet(StringComparer.Ordinal);
    }
}
