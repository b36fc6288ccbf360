using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>The way out of a router (neutron/db/l3_db.py: _update_router_gw_info; db/l3_gwmode_db.py, db/l3_gateway_ip_qos.py).</summary>
public sealed partial class FakeNeutron
{
    private JsonObject? GatewayInfo(FakeNetworkItem router)
    {
        if (GatewayOf(router.Id) is not { } port)
        {
            return null;
        }

        var state = StateOf(router);
        var info = new JsonObject
        {
            ["network_id"] = port.Text("network_id"),
            ["external_fixed_ips"] = new JsonArray([.. port.List("fixed_ips").Select(ip => new JsonObject
            {
                ["subnet_id"] = (string?)ip["subnet_id"], ["ip_address"] = (string?)ip["ip_address"],
            })]),
        };
        if (Has("ext-gw-mode"))
        {
            info["enable_snat"] = state.Snat;
        }

        if (Has("qos-gateway-ip") && (state.GatewayPolicy ?? NetworkOf(port)?.Text("qos_policy_id")) is { Length: > 0 })
        {
            info["qos_policy_id"] = state.GatewayPolicy;
        }

        return info;
    }

    private void SetGateway(FakeCall call, FakeNetworkItem router, JsonObject? info)
    {
        var state = StateOf(router);
        state.Snat = (bool?)info?["enable_snat"] ?? true;
        var ips = info?["external_fixed_ips"] as JsonArray ?? [];
        var port = GatewayOf(router.Id);
        var network = ValidGateway(call, router, info, ips);
        if (port is not null && network?.Id == port.Text("network_id"))
        {
            if (AsksForOthers(port, ips))
            {
                port["fixed_ips"] = Reallocate(port, network, Kept(port, ips));
                Save(port);
                unsettledPorts.Add(port.Id);
            }
        }
        else
        {
            if (port is not null)
            {
                RefuseLosingGateway(router);
                Drop(collections["ports"], port);
            }

            if (network is not null)
            {
                CheckOverlap(router, [.. SubnetsOf(network.Id)]);
                AddGateway(router, network, ips);
            }
        }

        if (GatewayOf(router.Id) is null)
        {
            state.GatewayPolicy = null;
        }
        else if (info is not null && info.TryGetPropertyValue("qos_policy_id", out var policy))
        {
            CheckQosPolicy(call, info);
            state.GatewayPolicy = (string?)policy;
        }
    }

    private FakeNetworkItem? ValidGateway(FakeCall call, FakeNetworkItem router, JsonObject? info, JsonArray ips)
    {
        var network = info is null ? null : Visible(call, collections["networks"], (string)info["network_id"]!);
        if (network?.Is("router:external") is false)
        {
            throw Bad("router", $"Network {network.Id} is not an external network");
        }

        List<FakeNetworkItem> outside = network is null ? [] : [.. SubnetsOf(network.Id)];
        if (ips.Select(ip => (string?)ip!["ip_address"]).FirstOrDefault(ip => ip is not null && outside.Exists(subnet => subnet.Text("gateway_ip") == ip)) is { } taken)
        {
            throw Bad("router", $"External IP {taken} is the same as the gateway IP");
        }

        if (router["routes"] is JsonArray { Count: > 0 } routes)
        {
            var inside = InterfacesOf(router.Id).SelectMany(port => port.List("fixed_ips")).ToList();
            CheckRoutes(
                router,
                routes,
                [.. inside.Select(ip => pools[(string)ip["subnet_id"]!].Prefix), .. outside.Select(subnet => pools[subnet.Id].Prefix)],
                [.. inside.Select(ip => (string)ip["ip_address"]!)]);
        }

        return network;
    }

    private void AddGateway(FakeNetworkItem router, FakeNetworkItem network, JsonArray ips)
    {
        // It belongs to no project, so that only administrators see it.
        var asked = new JsonObject
        {
            ["network_id"] = network.Id, ["project_id"] = "", ["device_id"] = router.Id, ["device_owner"] = GatewayOwner, ["admin_state_up"] = true,
        };
        if (ips.Count > 0)
        {
            asked["fixed_ips"] = ips.DeepClone();
        }

        unsettledPorts.Add(Create(Operator, collections["ports"], Untrusting(asked)).Id);
    }

    // extensions/portsecurity of ML2 gives none to the ports of a service.
    private JsonObject Untrusting(JsonObject asked)
    {
        if (Has("port-security"))
        {
            asked["port_security_enabled"] = false;
        }

        return asked;
    }

    // _check_for_external_ip_change.
    private static bool AsksForOthers(FakeNetworkItem port, JsonArray ips)
    {
        if (ips.Count is 0)
        {
            return false;
        }

        var held = port.List("fixed_ips").ToList();
        return !Said(ips, "subnet_id").SetEquals(held.Select(ip => (string)ip["subnet_id"]!)) || !Said(ips, "ip_address").SetEquals(held.Select(ip => (string)ip["ip_address"]!));

        static HashSet<string> Said(JsonArray all, string name) => [.. all.Select(ip => (string?)ip![name]).OfType<string>()];
    }

    // A subnet without an address keeps the one that is there (ipam_backend_mixin.py: _get_changed_ips_for_port).
    private static JsonArray Kept(FakeNetworkItem port, JsonArray ips) => new([.. ips.Select(ip =>
        ip!["ip_address"] is null && port.List("fixed_ips").FirstOrDefault(held => (string?)held["subnet_id"] == (string?)ip["subnet_id"]) is { } same
            ? same.DeepClone()
            : ip.DeepClone())]);

    private void RefuseLosingGateway(FakeNetworkItem router)
    {
        if (GatewayOf(router.Id) is not { } port)
        {
            return;
        }

        if (Of(byRouter, router.Id, "floatingips").Any())
        {
            throw new FakeRefusal(
                409,
                $"Gateway cannot be updated for router {router.Id}, since a gateway to external network {port.Text("network_id")} is required by one or more floating IPs.",
                "RouterExternalGatewayInUseByFloatingIp");
        }

        if (collections["ndp_proxies"].Items.Values.Any(proxy => proxy.Text("router_id") == router.Id))
        {
            throw new FakeRefusal(
                409, $"Unable to unset external gateway of router {router.Id}, There are one or more ndp proxies still in use on the router.", "RouterGatewayInUseByNDPProxy");
        }
    }
}
