using System.Text.Json.Nodes;

namespace Cascade.Support.Parent;

/// <summary>What tenants do with floating IPs (neutron/db/l3_db.py: FloatingIP).</summary>
public sealed partial class FakeNeutronServer
{
    readonly Dictionary<string, JsonObject> floatingIps = [];

    // A column that no dictionary shows: where an update took it away from.
    readonly Dictionary<string, string?> lastKnownRouter = [];
    readonly Dictionary<string, List<string>> floatingStatuses = [];

    public JsonObject? FloatingIp(string id) => Shown(floatingIps, id);

    /// <summary>Every status that agents gave it, in order; those included that it got for being gone.</summary>
    public IReadOnlyList<string> StatusesOf(string floatingIp) => Locked(() => floatingStatuses.GetValueOrDefault(floatingIp)?.ToArray() ?? []);

    /// <param name="network">An external one.</param>
    /// <param name="port">Behind it; null for none yet.</param>
    /// <param name="fixedIp">Which of the port's addresses; null for its first.</param>
    /// <param name="address">Null for any.</param>
    /// <returns>Its id.</returns>
    public string AddFloatingIp(string network, string? port = null, string? fixedIp = null, string? address = null, Action<JsonObject>? edit = null) => Edit(() =>
    {
        var id = NewId();
        var own = RouterPort(network, "network:floatingip", id, project: "");
        own["status"] = "N/A";
        own["fixed_ips"] = new JsonArray(address is not null ? Fixed(network, address) : OneOfEachFamily(network, "network:floatingip").First(ip => !IsSix((string)ip!["subnet_id"]!))!.DeepClone());
        ports[(string)own["id"]!] = own;
        Changed("Port", own);
        var floating = new JsonObject
        {
            ["id"] = id,
            ["tenant_id"] = ProjectId,
            ["project_id"] = ProjectId,
            ["floating_ip_address"] = own["fixed_ips"]![0]!["ip_address"]!.DeepClone(),
            ["floating_network_id"] = network,
            ["router_id"] = null,
            ["port_id"] = null,
            ["fixed_ip_address"] = null,
            ["status"] = "DOWN",
            ["description"] = "",
            ["qos_policy_id"] = null,
            ["qos_network_policy_id"] = null,
            ["dns_domain"] = "",
            ["dns_name"] = "",
        };
        edit?.Invoke(floating);
        floatingIps[id] = floating;
        if (port is not null)
        {
            Put(floating, port, fixedIp);
            RouterChanged((string?)floating["router_id"]);
        }

        return id;
    });

    /// <summary>Both routers are told when it comes from another one.</summary>
    public void AssociateFloatingIp(string id, string port, string? fixedIp = null) => EditFloatingIp(id, floating => Put(floating, port, fixedIp));

    /// <summary>Its status stays as it is until the agent of its last router says something.</summary>
    public void DisassociateFloatingIp(string id) => EditFloatingIp(id, Part);

    /// <summary>As a PUT: the router before and the router after are told.</summary>
    public void EditFloatingIp(string id, Action<JsonObject> edit) => Edit(() =>
    {
        var floating = floatingIps[id];
        var before = (string?)floating["router_id"];
        edit(floating);
        lastKnownRouter[id] = before;
        foreach (var router in new[] { before, (string?)floating["router_id"] }.Distinct())
        {
            RouterChanged(router);
        }

        return 0;
    });

    /// <summary>What it forwards goes with it, of which nothing is pushed.</summary>
    public void DeleteFloatingIp(string id) => Edit(() =>
    {
        floatingIps.Remove(id, out var floating);
        lastKnownRouter.Remove(id);
        foreach (var forwarding in forwardings.Where(one => Is(one.Value, "floatingip_id", id)).Select(one => one.Key).ToList())
        {
            forwardings.Remove(forwarding);
        }

        RemovePort(ports.Values.First(port => Is(port, "device_id", id)));
        RouterChanged((string?)floating!["router_id"]);
        return 0;
    });

    void Put(JsonObject floating, string port, string? fixedIp)
    {
        var ips = ports[port]["fixed_ips"]!.AsArray().Select(ip => ip!.AsObject()).Where(ip => !IsSix((string)ip["subnet_id"]!));
        var inside = fixedIp is null ? ips.First() : ips.First(ip => (string?)ip["ip_address"] == fixedIp);
        floating["router_id"] = RouterBetween((string)inside["subnet_id"]!, (string)floating["floating_network_id"]!);
        floating["port_id"] = port;
        floating["fixed_ip_address"] = inside["ip_address"]!.DeepClone();
        // l3_dvr_db.py: _create_dvr_floating_gw_port: a host with a port behind a floating IP of a distributed router has an address outside.
        if ((bool)routers[(string)floating["router_id"]!]["distributed"]! && (string?)ports[port]["binding:host_id"] is { Length: > 0 } host && l3Agents.TryGetValue(host, out var agent) && Mode(agent).StartsWith("dvr", StringComparison.Ordinal))
        {
            EnsureAgentGateway((string)floating["floating_network_id"]!, host);
        }
    }

    static void Part(JsonObject floating)
    {
        floating["router_id"] = null;
        floating["port_id"] = null;
        floating["fixed_ip_address"] = null;
    }

    /// <summary>get_router_for_floatingip: has an interface on the subnet and its gateway on the network.</summary>
    string RouterBetween(string subnet, string network) =>
        ports.Values.Where(port => IsInterface(port) && On(port, subnet)).Select(port => (string)port["device_id"]!)
            .FirstOrDefault(router => (string?)routers[router]["external_gateway_info"]?["network_id"] == network)
        ?? throw new InvalidOperationException($"External network {network} is not reachable from subnet {subnet}.");

    /// <summary>
    /// A port is deleted: what it had behind floating IPs is taken away (disassociate_floatingips, which remembers no last router), and what is forwarded to it is deleted
    /// (pf_plugin.py: _process_port_request).
    /// </summary>
    void LeaveRouters(string port)
    {
        var left = new HashSet<string>();
        foreach (var floating in floatingIps.Values.Where(ip => Is(ip, "port_id", port)))
        {
            left.Add((string)floating["router_id"]!);
            Part(floating);
        }

        foreach (var forwarding in forwardings.Values.Where(one => Is(one, "internal_port_id", port)).ToList())
        {
            RemoveForwarding(forwarding);
        }

        foreach (var router in left)
        {
            RouterChanged(router);
        }
    }

    void SetFloatingStatus(JsonObject floating, string status)
    {
        var id = (string)floating["id"]!;
        floating["status"] = status;
        if (!floatingStatuses.TryGetValue(id, out var all))
        {
            floatingStatuses[id] = all = [];
        }

        all.Add(status);
    }
}
