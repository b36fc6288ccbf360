using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.Support.Parent;

/// <summary>What an L3 agent asks (neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback).</summary>
public sealed partial class FakeNeutronServer
{
    const string AgentGatewayOwner = "network:floatingip_agent_gateway";
    const string HaOwner = "network:router_ha_interface";

    static readonly string[] ServicePlugins = ["CORE", "L3_ROUTER_NAT", "PORTFORWARDING", "CONNTRACKHELPER", "QOS", "metering", "segments", "revision_plugin", "timestamp"];

    readonly Dictionary<(string Router, string Host), string> haStates = [];

    /// <summary><c>active</c> or <c>standby</c>, as the host's agent said last.</summary>
    public string? HaState(string router, string host) => Locked(() => haStates.GetValueOrDefault((router, host)));

    /// <summary>Takes what no agent hosts first, and lists those that are administratively down too.</summary>
    JsonArray GetRouterIds(FakeNeutronCall call)
    {
        var host = call.Text("host");
        AutoSchedule(host);
        return l3Agents.TryGetValue(host, out var agent) && agent.AdminStateUp
            ? List(routers.Values.Select(router => (string)router["id"]!).Where(id => hosting.GetValueOrDefault(id) == host || IsPartlyHere(id, host, agent)).Select(id => (JsonNode)id))
            : [];
    }

    /// <summary>A write, as natively: the ports of what is answered are bound to the host.</summary>
    JsonArray SyncRouters(FakeNeutronCall call)
    {
        var host = call.Text("host");
        if (!l3Agents.TryGetValue(host, out var agent))
        {
            throw new RpcFault("neutron_lib.exceptions.agent", "AgentNotFoundByTypeHost", $"Agent with agent_type=L3 agent and host={host} could not be found");
        }

        var asked = call.Texts("router_ids").ToHashSet();
        var found = !agent.AdminStateUp ? [] : routers.Values.Where(router => (bool)router["admin_state_up"]! && IsAnswered((string)router["id"]!, host, agent, asked)).ToList();
        foreach (var router in found)
        {
            BindRouter(router, host);
        }

        return List(found.Select(router => RouterView(router, host, agent)));
    }

    /// <summary>_get_router_ids_for_agent. An agent that is not in legacy mode gets any router it names behind which its host has servers (l3_dvrscheduler_db.py).</summary>
    bool IsAnswered(string router, string host, FakeNeutronAgent agent, HashSet<string> asked) =>
        (asked.Count == 0 || asked.Contains(router))
        && (hosting.GetValueOrDefault(router) == host || IsPartlyHere(router, host, agent) || (asked.Count > 0 && Mode(agent) != "legacy" && HasServersBehind(router, host)));

    /// <summary>A distributed one is also where there are servers behind it (l3_dvrscheduler_db.py: _get_dvr_router_ids_for_host).</summary>
    bool IsPartlyHere(string router, string host, FakeNeutronAgent agent) => Mode(agent) != "legacy" && (bool)routers[router]["distributed"]! && HasServersBehind(router, host);

    bool HasServersBehind(string router, string host)
    {
        var inside = Interfaces(router).SelectMany(port => port["fixed_ips"]!.AsArray()).Select(ip => (string)ip!["subnet_id"]!).ToHashSet();
        return ports.Values.Any(port => Is(port, "binding:host_id", host)
            && ((string?)port["device_owner"])?.StartsWith("compute:", StringComparison.Ordinal) == true
            && port["fixed_ips"]!.AsArray().Any(ip => inside.Contains((string)ip!["subnet_id"]!)));
    }

    /// <summary>_ensure_host_set_on_ports. Those of a highly available router go where it is active.</summary>
    void BindRouter(JsonObject router, string host)
    {
        var id = (string)router["id"]!;
        var target = !(bool)router["ha"]! ? host : haStates.FirstOrDefault(state => state.Key.Router == id && state.Value == "active").Key.Host;
        foreach (var port in Interfaces(id).Append(Gateway(id)).OfType<JsonObject>())
        {
            Bind(port, target);
        }
    }

    void Bind(JsonObject port, string? host)
    {
        if (host is null || (Is(port, "binding:host_id", host) && (string?)port["binding:vif_type"] == "ovs"))
        {
            return;
        }

        port["binding:host_id"] = host;
        port["binding:vif_type"] = "ovs";
        port["status"] = "DOWN";
        PortChanged(port);
    }

    JsonNode? UpdateFloatingIpStatuses(FakeNeutronCall call)
    {
        var router = call.Text("router_id");
        foreach (var (id, status) in call.Arguments["fip_statuses"]!.AsObject())
        {
            // One that is gone is passed over.
            if (floatingIps.TryGetValue(id, out var floating))
            {
                SetFloatingStatus(floating, (string)status!);
            }
        }

        foreach (var floating in floatingIps.Values.Where(ip => ip["router_id"] is null && lastKnownRouter.GetValueOrDefault((string)ip["id"]!) == router))
        {
            SetFloatingStatus(floating, "DOWN");
        }

        return null;
    }

    JsonObject GetAgentGatewayPort(FakeNeutronCall call) => WithSubnets(EnsureAgentGateway(call.Text("network_id"), call.Text("host")));

    /// <summary>neutron/db/l3_dvr_db.py: create_fip_agent_gw_port_if_not_exists.</summary>
    JsonObject EnsureAgentGateway(string network, string host)
    {
        var port = AgentGateway(network, host);
        if (port is null)
        {
            port = RouterPort(network, AgentGatewayOwner, NewId(), project: "");
            port["fixed_ips"] = OneOfEachFamily(network, AgentGatewayOwner);
            ports[(string)port["id"]!] = port;
            Bind(port, host);
        }

        return port;
    }

    JsonNode? DeleteAgentGatewayPort(FakeNeutronCall call)
    {
        if (AgentGateway(call.Text("network_id"), call.Text("host")) is { } port)
        {
            RemovePort(port);
        }

        return null;
    }

    JsonObject? AgentGateway(string network, string host) =>
        ports.Values.FirstOrDefault(port => Is(port, "device_owner", AgentGatewayOwner) && Is(port, "network_id", network) && Is(port, "binding:host_id", host));

    JsonNode? UpdateHaRoutersStates(FakeNeutronCall call)
    {
        var host = call.Text("host");
        foreach (var (id, state) in call.Arguments["states"]!.AsObject().Where(state => routers.ContainsKey(state.Key)))
        {
            haStates[(id, host)] = (string)state!;
            if ((string?)state == "active")
            {
                foreach (var port in Interfaces(id).Append(Gateway(id)).OfType<JsonObject>())
                {
                    Bind(port, host);
                }
            }
        }

        return null;
    }

    JsonNode? UpdateAllHaNetworkPortStatuses(FakeNeutronCall call)
    {
        foreach (var port in ports.Values.Where(port => Is(port, "device_owner", HaOwner) && Is(port, "status", "ACTIVE")).ToList())
        {
            SetStatus(port, call.Text("host"), "DOWN");
        }

        return null;
    }

    JsonNode? CountHaRouters(FakeNeutronCall call) =>
        hosting.Count(of => of.Value == call.Text("host") && (bool)routers[of.Key]["ha"]! && (bool)routers[of.Key]["admin_state_up"]!);
}
