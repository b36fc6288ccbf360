using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.Support.Parent;

public sealed partial class FakeNeutronServer
{
    readonly Dictionary<string, FakeNeutronAgent> agents = [];
    readonly List<JsonObject> tunnels = [];

    /// <summary>What has_alive_neutron_server says.</summary>
    public bool Alive { get; set; } = true;

    /// <summary>When this worker began: reports with an earlier time are dropped (neutron/db/agents_db.py: AgentExtRpcCallback.START_TIME).</summary>
    public DateTimeOffset StartTime { get; set; } = DateTimeOffset.MinValue;

    /// <summary>After so much silence an agent is dead (75 s).</summary>
    public TimeSpan AgentDownTime { get; set; } = TimeSpan.FromSeconds(75);

    /// <summary>Our agents of the second layer by host.</summary>
    public IReadOnlyDictionary<string, FakeNeutronAgent> Agents => Locked(() => new Dictionary<string, FakeNeutronAgent>(agents));

    public IReadOnlyList<JsonObject> Tunnels => Locked(() => tunnels.ToArray());

    /// <summary>As <c>openstack network agent delete</c>.</summary>
    public void DeleteAgent(string host) => Edit(() => agents.Remove(host));

    /// <summary>As if it had been silent for agent_down_time.</summary>
    public void DeclareDead(string host) => Edit(() => agents[host] = agents[host] with { Heartbeat = DateTimeOffset.MinValue });

    public bool IsAlive(string host) => Locked(() => agents.TryGetValue(host, out var agent) && IsAlive(agent));

    bool IsAlive(FakeNeutronAgent agent) => time.GetUtcNow() - agent.Heartbeat < AgentDownTime;

    /// <summary>neutron/db/agents_db.py: AgentExtRpcCallback.report_state, create_or_update_agent.</summary>
    JsonNode? Report(FakeNeutronCall call)
    {
        // timeutils.parse_strtime: a zone, or no fraction, raises.
        if (!DateTimeOffset.TryParseExact(
            call.Text("time"), "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            throw new RpcFault("builtins", "ValueError", $"time data '{call.Text("time")}' does not match format '%Y-%m-%dT%H:%M:%S.%f'");
        }

        if (at < StartTime)
        {
            return null;
        }

        var state = call.Arguments["agent_state"]?["agent_state"]?.AsObject() ?? throw new RpcFault("builtins", "KeyError", "'agent_state'");
        foreach (var needed in new[] { "agent_type", "binary", "host", "topic" })
        {
            _ = state[needed] ?? throw new RpcFault("builtins", "KeyError", $"'{needed}'");
        }

        var host = (string)state["host"]!;
        var rows = (string?)state["agent_type"] == "L3 agent" ? l3Agents : agents;
        var known = rows.GetValueOrDefault(host);
        rows[host] = new(
            state["configurations"]!.DeepClone().AsObject(),
            state["resource_versions"]?.DeepClone().AsObject() ?? known?.ResourceVersions,
            state["start_flag"] is not null ? time.GetUtcNow() : known?.Started ?? time.GetUtcNow(),
            time.GetUtcNow(),
            (known?.Reports ?? 0) + 1,
            known?.AdminStateUp ?? true);
        return known is null ? "new" : IsAlive(known) ? "alive" : "revived";
    }

    static JsonObject DvrMac(FakeNeutronCall call) => new() { ["host"] = call.Text("host"), ["mac_address"] = "FA-16-3F-5B-D8-E2" };

    JsonObject TunnelSync(FakeNeutronCall call)
    {
        tunnels.RemoveAll(tunnel => (string?)tunnel["host"] == call.Text("host"));
        tunnels.Add(new() { ["ip_address"] = call.Text("tunnel_ip"), ["udp_port"] = 4789, ["host"] = call.Text("host") });
        telling.Add(new("q-agent-notifier-tunnel-update", "tunnel_update", new(1, 0), new() { ["tunnel_ip"] = call.Text("tunnel_ip"), ["tunnel_type"] = call.Text("tunnel_type") }));
        return new() { ["tunnels"] = List(tunnels) };
    }
}

/// <summary>A row of an agent.</summary>
/// <param name="Heartbeat">When it last reported, by the server's clock.</param>
public sealed record FakeNeutronAgent(JsonObject Configurations, JsonObject? ResourceVersions, DateTimeOffset Started, DateTimeOffset Heartbeat, int Reports, bool AdminStateUp = true);
