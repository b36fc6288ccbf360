using System.Text.Json.Nodes;

namespace Cascade.Support.Parent;

/// <summary>Which agent hosts which router (neutron/db/l3_agentschedulers_db.py, neutron/scheduler/l3_agent_scheduler.py).</summary>
public sealed partial class FakeNeutronServer
{
    const string L3Agent = "l3_agent";

    readonly Dictionary<string, FakeNeutronAgent> l3Agents = [];
    readonly Dictionary<string, string> hosting = [];
    readonly List<FakeAnswer> answers = [];

    /// <summary>The L3 agents by host.</summary>
    public IReadOnlyDictionary<string, FakeNeutronAgent> L3Agents => Locked(() => new Dictionary<string, FakeNeutronAgent>(l3Agents));

    /// <summary>What became of the server's calls: of <c>router_added_to_agent</c>.</summary>
    public IReadOnlyList<FakeAnswer> Answers => Locked(() => answers.ToArray());

    /// <summary>The host whose agent hosts the router; null while none does.</summary>
    public string? HostOf(string router) => Locked(() => hosting.GetValueOrDefault(router));

    /// <summary>An agent that is nobody's, and always alive.</summary>
    /// <param name="mode"><c>legacy</c>, <c>dvr</c>, <c>dvr_snat</c> or <c>dvr_no_external</c>.</param>
    public void AddL3Agent(string host, string mode = "legacy") => Edit(() =>
        l3Agents[host] = new(new() { ["agent_mode"] = mode, ["handle_internal_only_routers"] = true }, ResourceVersions: null, time.GetUtcNow(), DateTimeOffset.MaxValue, 1));

    /// <summary>As <c>openstack network agent delete</c>: its routers are unhosted.</summary>
    public void DeleteL3Agent(string host) => Edit(() =>
    {
        foreach (var router in hosting.Where(of => of.Value == host).Select(of => of.Key).ToList())
        {
            hosting.Remove(router);
        }

        return l3Agents.Remove(host);
    });

    /// <summary>As if it had been silent for agent_down_time: nothing is cast to it any more, and its routers stay.</summary>
    public void DeclareL3Dead(string host) => Edit(() => l3Agents[host] = l3Agents[host] with { Heartbeat = DateTimeOffset.MinValue });

    /// <summary>As <c>openstack network agent set --disable</c>: it is told, and answered no routers from now on.</summary>
    public void SetL3AgentAdminState(string host, bool up) => Edit(() =>
    {
        if (l3Agents[host].AdminStateUp != up)
        {
            l3Agents[host] = l3Agents[host] with { AdminStateUp = up };
            telling.Add(new(L3Agent, "agent_updated", new(1, 0), new() { ["payload"] = new JsonObject { ["admin_state_up"] = up } }, host));
        }

        return 0;
    });

    /// <summary>
    /// As <c>openstack network agent remove router</c> and <c>add router</c>: the old host is told by a cast, the new one by a call. Ports stay bound where they are until
    /// the new host syncs.
    /// </summary>
    /// <param name="host">Empty for nowhere.</param>
    public void MoveRouter(string router, string host) => Edit(() =>
    {
        if (hosting.TryGetValue(router, out var before) && before != host)
        {
            hosting.Remove(router);
            telling.Add(new(L3Agent, "router_removed_from_agent", new(1, 0), new() { ["payload"] = new JsonObject { ["router_id"] = router } }, before));
        }

        if (host.Length > 0 && before != host)
        {
            _ = l3Agents[host];
            hosting[router] = host;
            telling.Add(new(L3Agent, "router_added_to_agent", new(1, 0), new() { ["payload"] = new JsonArray(router) }, host, IsCall: true));
        }

        return 0;
    });

    internal void Answered(FakeAnswer answer) => Edit(() =>
    {
        answers.Add(answer);
        return 0;
    });

    /// <summary>agentnotifiers/l3_rpc_agent_api.py: L3AgentNotifyAPI._notification: schedules it if need be, and tells its host if that is enabled and alive.</summary>
    void RouterChanged(string? router)
    {
        if (router is null || !routers.ContainsKey(router))
        {
            return;
        }

        Schedule(router);
        if (hosting.TryGetValue(router, out var host) && l3Agents.TryGetValue(host, out var agent) && agent.AdminStateUp && IsAlive(agent))
        {
            telling.Add(new(L3Agent, "routers_updated", new(1, 1), new() { ["routers"] = new JsonArray(router) }, host));
        }
    }

    /// <summary>LeastRoutersScheduler.</summary>
    void Schedule(string router)
    {
        if (!hosting.ContainsKey(router)
            && l3Agents.Where(row => row.Value.AdminStateUp && IsAlive(row.Value) && CanHost(row.Value, routers[router])).Select(row => row.Key)
                .OrderBy(host => hosting.Values.Count(other => other == host)).ThenBy(host => host, StringComparer.Ordinal).FirstOrDefault() is { } chosen)
        {
            hosting[router] = chosen;
        }
    }

    /// <summary>auto_schedule_routers: takes what no agent hosts.</summary>
    void AutoSchedule(string host)
    {
        if (l3Agents.TryGetValue(host, out var agent) && agent.AdminStateUp)
        {
            foreach (var (id, _) in routers.Where(router => !hosting.ContainsKey(router.Key) && CanHost(agent, router.Value)))
            {
                hosting[id] = host;
            }
        }
    }

    /// <summary>get_l3_agent_candidates.</summary>
    static bool CanHost(FakeNeutronAgent agent, JsonObject router)
    {
        var mode = Mode(agent);
        return mode is not ("dvr" or "dvr_no_external")
            && !(mode == "legacy" && (bool)router["distributed"]!)
            && ((string?)agent.Configurations["router_id"] is not { Length: > 0 } only || only == (string?)router["id"])
            && (router["external_gateway_info"] is not null || ((bool?)agent.Configurations["handle_internal_only_routers"] ?? true));
    }

    static string Mode(FakeNeutronAgent agent) => (string?)agent.Configurations["agent_mode"] ?? "legacy";
}
