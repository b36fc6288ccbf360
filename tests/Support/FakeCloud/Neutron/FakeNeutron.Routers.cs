using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Routers (neutron/db/l3_db.py, db/extraroute_db.py, db/l3_dvr_db.py, db/l3_hamode_db.py, services/l3_router/l3_router_plugin.py).</summary>
public sealed partial class FakeNeutron
{
    private const string GatewayOwner = "network:router_gateway";

    private readonly Dictionary<string, FakeRouterState> routerStates = new(StringComparer.Ordinal);

    /// <summary>How many routes a router may have (<c>max_routes</c>).</summary>
    public int MaxRoutes { get; set; } = 30;

    private void RouterRules()
    {
        var routers = collections["routers"];
        routers.Filters.ExceptWith(["status", "shared"]);
        routers.NoFilters.UnionWith(
        [
            "external_gateway_info", "routes", "distributed", "ha", "conntrack_helpers", "availability_zones", "availability_zone_hints", "flavor_id",
        ]);
        routers.Computed["external_gateway_info"] = (_, router) => GatewayInfo(router);
        routers.Computed["availability_zones"] = (_, router) => PortsOf(router.Id).Any() ? new JsonArray("nova") : new JsonArray();
        routers.Computed["enable_ndp_proxy"] = (_, router) => StateOf(router).AnswersNeighbours && GatewayOf(router.Id) is not null;
        routers.Computed["conntrack_helpers"] = (_, router) => new JsonArray([.. StateOf(router).Helpers.Select(helper => Without(helper, "id"))]);
        routers.Creating = (call, router, asked) =>
        {
            router["status"] = "ACTIVE";
            DemandGatewayPolicy(call, asked, "create_router");
            var neighbours = (bool?)asked["enable_ndp_proxy"];
            if (neighbours is true && asked["external_gateway_info"] is null)
            {
                throw NotValidGateway(router, "The request body not contain external gateway information");
            }

            try
            {
                SetGateway(call, router, asked["external_gateway_info"] as JsonObject);
                AnswerNeighbours(router, neighbours, otherwise: false);
            }
            catch (FakeRefusal)
            {
                ForgetRouter(router);
                throw;
            }
        };
        routers.Updating = UpdateRouter;
        routers.Deleting = (_, router) =>
        {
            var left = InterfacesOf(router.Id).Select(port => port.Id).ToList();
            if (left.Count > 0)
            {
                throw new FakeRefusal(409, $"Router {router.Id} has ports still attached: {string.Join(", ", left)}", "RouterInUse");
            }

            RefuseLosingGateway(router);
        };
        routers.Deleted = ForgetRouter;
    }

    private FakeRouterState StateOf(FakeNetworkItem router)
    {
        if (!routerStates.TryGetValue(router.Id, out var state))
        {
            routerStates.Add(router.Id, state = new FakeRouterState());
        }

        return state;
    }

    private static bool IsInterface(FakeNetworkItem port) =>
        port.Text("device_owner") is "network:router_interface" or "network:ha_router_replicated_interface" or "network:router_interface_distributed";

    private static bool IsRouters(FakeNetworkItem port) => IsInterface(port) || port.Text("device_owner") is GatewayOwner;

    private IEnumerable<FakeNetworkItem> InterfacesOf(string routerId) => PortsOf(routerId).Where(IsInterface);

    private FakeNetworkItem? GatewayOf(string routerId) => PortsOf(routerId).FirstOrDefault(port => port.Text("device_owner") is GatewayOwner);

    // l3_db.py: prevent_l3_port_deletion. What is left of a router that is gone may be deleted.
    private void RefuseServicePort(FakeNetworkItem port)
    {
        var owner = port.Text("device_owner");
        var path = owner is "network:floatingip" ? "floatingips" : "routers";
        if ((owner is "network:floatingip" || IsRouters(port)) && collections[path].Items.ContainsKey(port.Text("device_id")))
        {
            throw new FakeRefusal(409, $"Port {port.Id} cannot be deleted directly via the port API: has device owner {owner}.", "ServicePortInUse");
        }
    }

    // What came first stays when the next is refused: three transactions.
    private void UpdateRouter(FakeCall call, FakeNetworkItem router, JsonObject asked)
    {
        DemandGatewayPolicy(call, asked, "update_router");
        var turned = asked["admin_state_up"] is { } up && (bool)up != router.Is("admin_state_up");
        var changesGateway = asked.ContainsKey("external_gateway_info");
        if (asked.Remove("routes", out var said))
        {
            var routes = said as JsonArray ?? [];
            CheckRoutes(router, routes);
            router["routes"] = routes.DeepClone();
            if (changesGateway)
            {
                Save(router);
            }
        }

        if (changesGateway)
        {
            asked.Remove("external_gateway_info", out var info);
            SetGateway(call, router, info as JsonObject);
        }

        foreach (var (name, words) in new[] { ("distributed", "Cannot change the 'distributed' attribute of active routers"), ("ha", "Cannot change HA attribute of active routers") })
        {
            if (asked[name] is { } kind && (bool)kind != router.Is(name) && ((bool?)asked["admin_state_up"] ?? router.Is("admin_state_up")))
            {
                throw Bad("router", $"{words}. Please set router admin_state_up to False prior to upgrade");
            }
        }

        if (asked.ContainsKey("distributed") || asked.ContainsKey("ha"))
        {
            var owner = InterfaceOwner((bool?)asked["distributed"] ?? router.Is("distributed"), (bool?)asked["ha"] ?? router.Is("ha"));
            foreach (var port in InterfacesOf(router.Id))
            {
                port["device_owner"] = owner;
            }
        }

        asked.Remove("enable_ndp_proxy", out var neighbours);
        AnswerNeighbours(router, (bool?)neighbours, otherwise: GatewayAnswersNeighbours(router));
        if (turned)
        {
            LookAgain(router.Id);
        }
    }

    private static string InterfaceOwner(bool distributed, bool ha) =>
        distributed ? "network:router_interface_distributed" : ha ? "network:ha_router_replicated_interface" : "network:router_interface";

    // conf/policies/router.py: all but the network is for administrators.
    private void DemandGatewayPolicy(FakeCall call, JsonObject asked, string rule)
    {
        foreach (var (name, _) in asked["external_gateway_info"] as JsonObject ?? [])
        {
            var alias = name switch { "enable_snat" => "ext-gw-mode", "qos_policy_id" => "qos-gateway-ip", "network_id" or "external_fixed_ips" => "router", _ => "" };
            if (!Has(alias))
            {
                throw new FakeRefusal(400, $"Invalid input for external_gateway_info. Reason: Validation of dictionary's keys failed. Unexpected keys: ['{name}'].", "HTTPBadRequest");
            }

            if (name is "enable_snat" or "external_fixed_ips" && !call.IsAdmin)
            {
                throw NotAllowed($"{rule}:external_gateway_info:{name}");
            }
        }
    }

    // extraroute_db.py: _validate_routes.
    private void CheckRoutes(FakeNetworkItem router, JsonArray routes, List<FakePrefix>? reached = null, List<string>? own = null)
    {
        if (routes.Count > MaxRoutes)
        {
            throw new FakeRefusal(400, $"Unable to complete operation for {router.Id}. The number of routes exceeds the maximum {MaxRoutes}.", "RoutesExhausted");
        }

        if (reached is not { Count: > 0 } && own is not { Count: > 0 })
        {
            var ips = PortsOf(router.Id).SelectMany(port => port.List("fixed_ips")).ToList();
            reached = [.. ips.Select(ip => pools[(string)ip["subnet_id"]!].Prefix)];
            own = [.. ips.Select(ip => (string)ip["ip_address"]!)];
        }

        foreach (var route in routes)
        {
            var hop = (string)route!["nexthop"]!;
            if (!FakePrefix.TryAddress(hop, out var version, out var address) || !FakePrefix.TryParse((string?)route["destination"], out _))
            {
                throw new FakeRefusal(400, $"Invalid input for routes. Reason: '{route.ToJsonString()}' is not a valid route.", "HTTPBadRequest");
            }

            var reason = !reached!.Exists(prefix => prefix.Holds(version, address)) ? "the nexthop is not connected with router"
                : own!.Contains(hop) ? "the nexthop is used by router" : null;
            if (reason is not null)
            {
                throw new FakeRefusal(400, $"Invalid format for routes: {routes.ToJsonString()}, {reason}", "InvalidRoutes");
            }
        }
    }

    // Whatever it was the end of: an operator's hand, or the rules.
    private void ForgetRouter(FakeNetworkItem router)
    {
        foreach (var fip in Of(byRouter, router.Id, "floatingips"))
        {
            LetGo(fip);
        }

        foreach (var proxy in collections["ndp_proxies"].Items.Values.Where(proxy => proxy.Text("router_id") == router.Id).ToList())
        {
            Drop(collections["ndp_proxies"], proxy);
        }

        foreach (var port in PortsOf(router.Id).Where(IsRouters))
        {
            Drop(collections["ports"], port);
        }

        routerStates.Remove(router.Id);
    }

    private void Rewrite(FakeCollection collection, FakeNetworkItem item, Action change)
    {
        Unindex(collection, item);
        change();
        Index(collection, item);
        Save(item);
    }

    private static FakeRefusal Bad(string resource, string words) => new(400, $"Bad {resource} request: {words}.", "BadRequest");

    private static JsonObject Without(JsonObject whole, string name)
    {
        var part = (JsonObject)whole.DeepClone();
        part.Remove(name);
        return part;
    }
}
