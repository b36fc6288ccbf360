using System.Net;
using System.Text.Json.Nodes;

namespace Cascade.Support.Parent;

/// <summary>What tenants and operators do to routers (neutron/db/l3_db.py, extraroute_db.py). What the API would refuse is refused here.</summary>
public sealed partial class FakeNeutronServer
{
    const string GatewayOwner = "network:router_gateway";
    const string InterfaceOwner = "network:router_interface";

    readonly Dictionary<string, JsonObject> routers = [];

    public JsonObject? Router(string id) => Shown(routers, id);

    /// <summary>The ids of the router's ports, the gateway's among them.</summary>
    public IReadOnlyList<string> PortsOf(string router) => Locked(() => ports.Values.Where(port => Is(port, "device_id", router)).Select(port => (string)port["id"]!).ToArray());

    /// <summary>Nobody is told of it and no agent hosts it while it has neither a gateway nor an interface.</summary>
    /// <returns>Its id.</returns>
    public string AddRouter(string name = "router", Action<JsonObject>? edit = null) => Edit(() =>
    {
        var router = new JsonObject
        {
            ["id"] = NewId(),
            ["name"] = name,
            ["tenant_id"] = ProjectId,
            ["project_id"] = ProjectId,
            ["admin_state_up"] = true,
            ["status"] = "ACTIVE",
            ["external_gateway_info"] = null,
            ["gw_port_id"] = null,
            ["description"] = "",
            ["availability_zone_hints"] = new JsonArray(),
            ["distributed"] = false,
            ["ha"] = false,
            ["ha_vr_id"] = 0,
            ["routes"] = new JsonArray(),
            ["flavor_id"] = null,
        };
        edit?.Invoke(router);
        var id = (string)router["id"]!;
        routers[id] = router;
        return id;
    });

    /// <param name="network">An external one; another than before makes another port.</param>
    /// <param name="address">Null for any.</param>
    /// <param name="edit">For <c>qos_policy_id</c>.</param>
    /// <returns>The id of its port.</returns>
    public string SetGateway(string router, string network, bool enableSnat = true, string? address = null, Action<JsonObject>? edit = null) => Edit(() =>
    {
        var port = Gateway(router);
        if (port is not null && !Is(port, "network_id", network))
        {
            DropGateway(router, port);
            port = null;
        }

        if (port is null)
        {
            port = RouterPort(network, GatewayOwner, router, project: "");
            port["fixed_ips"] = address is null ? OneOfEachFamily(network, GatewayOwner) : new JsonArray(Fixed(network, address));
            ports[(string)port["id"]!] = port;
            Changed("Port", port);
        }
        else if (address is not null && !port["fixed_ips"]!.AsArray().Any(ip => (string?)ip!["ip_address"] == address))
        {
            port["fixed_ips"] = new JsonArray(Fixed(network, address));
            PortChanged(port);
        }

        var info = new JsonObject { ["network_id"] = network, ["enable_snat"] = enableSnat, ["external_fixed_ips"] = port["fixed_ips"]!.DeepClone() };
        edit?.Invoke(info);
        routers[router]["external_gateway_info"] = info;
        routers[router]["gw_port_id"] = port["id"]!.DeepClone();
        RouterChanged(router);
        return (string)port["id"]!;
    });

    public void ClearGateway(string router) => Edit(() =>
    {
        if (Gateway(router) is { } port)
        {
            DropGateway(router, port);
            RouterChanged(router);
        }

        return 0;
    });

    /// <summary>By subnet: the router takes the subnet's gateway address. The IPv6 subnets of a network share one port.</summary>
    /// <returns>The port's id.</returns>
    public string AddInterface(string router, string subnet) => Edit(() =>
    {
        var (network, fixedIp) = ((string)subnets[subnet]["network_id"]!, new JsonObject { ["subnet_id"] = subnet, ["ip_address"] = subnets[subnet]["gateway_ip"]!.DeepClone() });
        var shared = IsSix(subnet)
            ? Interfaces(router).FirstOrDefault(port => Is(port, "network_id", network) && IsSix((string)port["fixed_ips"]![0]!["subnet_id"]!))
            : null;
        var port = shared ?? RouterPort(network, InterfaceOwner, router, (string)routers[router]["project_id"]!);
        port["fixed_ips"]!.AsArray().Add(fixedIp);
        if (shared is null)
        {
            ports[(string)port["id"]!] = port;
            Changed("Port", port);
        }
        else
        {
            PortChanged(port);
        }

        RouterChanged(router);
        return (string)port["id"]!;
    });

    /// <summary>By port: the router takes a port that somebody made, with its addresses.</summary>
    public void AddInterfaceOfPort(string router, string port) => Edit(() =>
    {
        ports[port]["device_id"] = router;
        ports[port]["device_owner"] = InterfaceOwner;
        PortChanged(ports[port]);
        RouterChanged(router);
        return 0;
    });

    /// <param name="subnet">Or the port's id.</param>
    public void RemoveInterface(string router, string subnet) => Edit(() =>
    {
        var port = ports.GetValueOrDefault(subnet) ?? Interfaces(router).First(port => On(port, subnet));
        var leaving = port["fixed_ips"]!.AsArray().Where(ip => (string?)ip!["subnet_id"] == subnet || (string?)port["id"] == subnet).ToList();
        foreach (var ip in leaving)
        {
            RefuseUsed(router, (string)ip!["subnet_id"]!);
        }

        if (leaving.Count < port["fixed_ips"]!.AsArray().Count)
        {
            leaving.ForEach(ip => port["fixed_ips"]!.AsArray().Remove(ip));
            PortChanged(port);
        }
        else
        {
            RemovePort(port);
        }

        RouterChanged(router);
        return 0;
    });

    /// <summary>As a PUT: its host is told, whatever changed.</summary>
    public void EditRouter(string router, Action<JsonObject> edit) => Edit(() =>
    {
        edit(routers[router]);
        RouterChanged(router);
        return 0;
    });

    /// <summary>Down, it is left out of what is synced, and its host hears that it changed.</summary>
    public void SetAdminState(string router, bool up) => EditRouter(router, of => of["admin_state_up"] = up);

    public void SetRoutes(string router, params (string Destination, string NextHop)[] routes) => EditRouter(router, of =>
        of["routes"] = List(routes.Select(route => new JsonObject { ["destination"] = route.Destination, ["nexthop"] = route.NextHop })));

    /// <summary>The gateway goes with it; interfaces must be gone. Every agent is told.</summary>
    public void DeleteRouter(string router) => Edit(() =>
    {
        Refuse(Interfaces(router).Any(), $"Router {router} still has ports");
        if (Gateway(router) is { } port)
        {
            DropGateway(router, port);
        }

        routers.Remove(router);
        hosting.Remove(router);
        Forget(helpers, router);
        Forget(proxies, router);
        telling.Add(new(L3Agent, "router_deleted", new(1, 0), new() { ["router_id"] = router }));
        return 0;
    });

    JsonObject? Gateway(string router) => (string?)routers[router]["gw_port_id"] is { } port ? ports.GetValueOrDefault(port) : null;

    IEnumerable<JsonObject> Interfaces(string router) =>
        ports.Values.Where(port => Is(port, "device_id", router) && IsInterface(port));

    static bool IsInterface(JsonObject port) => (string?)port["device_owner"] is InterfaceOwner or "network:ha_router_replicated_interface";

    void DropGateway(string router, JsonObject port)
    {
        Refuse(floatingIps.Values.Any(ip => Is(ip, "router_id", router)), $"Gateway cannot be updated for router {router}, since a gateway to external network is required by one or more floating IPs.");
        routers[router]["external_gateway_info"] = null;
        routers[router]["gw_port_id"] = null;
        RemovePort(port);
    }

    void RefuseUsed(string router, string subnet)
    {
        var range = IPNetwork.Parse((string)subnets[subnet]["cidr"]!);
        Refuse(
            floatingIps.Values.Any(ip => Is(ip, "router_id", router) && (string?)ip["fixed_ip_address"] is { } inside && range.Contains(IPAddress.Parse(inside))),
            $"Router interface for subnet {subnet} on router {router} cannot be deleted, as it is required by one or more floating IPs.");
        Refuse(
            routers[router]["routes"]!.AsArray().Any(route => range.Contains(IPAddress.Parse((string)route!["nexthop"]!))),
            $"Router interface for subnet {subnet} on router {router} cannot be deleted, as it is required by one or more routes.");
    }

    /// <summary>A port of the server's own: no groups, no port security, bound nowhere until an agent syncs the router.</summary>
    JsonObject RouterPort(string network, string owner, string device, string project)
    {
        var port = NewPort(network, "", owner, device);
        port["project_id"] = project;
        port["port_security_enabled"] = false;
        return port;
    }

    JsonArray OneOfEachFamily(string network, string owner) => List(subnets.Where(subnet => Is(subnet.Value, "network_id", network) && Serves(subnet.Value, owner))
        .GroupBy(subnet => (int)subnet.Value["ip_version"]!).Select(family => Allocate(family.First().Key)));

    JsonObject Fixed(string network, string address) => new()
    {
        ["subnet_id"] = subnets.First(subnet => Is(subnet.Value, "network_id", network) && IPNetwork.Parse((string)subnet.Value["cidr"]!).Contains(IPAddress.Parse(address))).Key,
        ["ip_address"] = address,
    };

    void PortChanged(JsonObject port)
    {
        Revise(port);
        Changed("Port", port);
        PortUpdate(port);
    }

    bool IsSix(string subnet) => (int)subnets[subnet]["ip_version"]! == 6;

    static bool On(JsonObject port, string subnet) => port["fixed_ips"]!.AsArray().Any(ip => (string?)ip!["subnet_id"] == subnet);

    static void Forget(Dictionary<string, JsonObject> all, string router)
    {
        foreach (var id in all.Where(one => Is(one.Value, "router_id", router)).Select(one => one.Key).ToList())
        {
            all.Remove(id);
        }
    }

    static void Refuse(bool when, string why)
    {
        if (when)
        {
            throw new InvalidOperationException(why);
        }
    }
}
