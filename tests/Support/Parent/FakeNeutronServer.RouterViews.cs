using System.Net;
using System.Text.Json.Nodes;

namespace Cascade.Support.Parent;

/// <summary>A router as sync_routers shows it (neutron/db/l3_db.py: get_sync_data): members of which there are none are missing.</summary>
public sealed partial class FakeNeutronServer
{
    JsonObject RouterView(JsonObject router, string host, FakeNeutronAgent agent)
    {
        var id = (string)router["id"]!;
        var view = router.DeepClone().AsObject();
        view["availability_zones"] = new JsonArray("nova");
        view["conntrack_helpers"] = List(helpers.Values.Where(helper => Is(helper, "router_id", id)).Select(helper => Only(helper, "protocol", "port", "helper")));
        var gateway = Gateway(id);
        view["gw_port_host"] = gateway is null ? null : hosting.GetValueOrDefault(id);
        if (gateway is not null)
        {
            view["gw_port"] = WithSubnets(gateway);
            view["enable_snat"] = router["external_gateway_info"]!["enable_snat"]!.DeepClone();
            if (Mode(agent) != "legacy")
            {
                view["_snat_router_interfaces"] = new JsonArray();
                view["_floatingip_agent_interfaces"] = List(ports.Values
                    .Where(port => Is(port, "device_owner", AgentGatewayOwner) && Is(port, "binding:host_id", host)).Select(WithSubnets));
            }
        }

        if ((bool)router["ha"]!)
        {
            view["_ha_state"] = haStates.GetValueOrDefault((id, host), "standby");
        }

        Some(view, "_interfaces", Interfaces(id).Select(WithSubnets));
        Some(view, "_floatingips", floatingIps.Values.Where(ip => Is(ip, "router_id", id) && ip["port_id"] is not null)
            .Select(ip => FloatingIpView(ip).With("fixed_ip_address_scope", null)));

        // pf_plugin.py: sync_port_forwarding_fip.
        var forwarding = floatingIps.Values.Where(ip => Is(ip, "router_id", id) && forwardings.Values.Any(one => Is(one, "floatingip_id", ip["id"]))).ToList();
        Some(view, "port_forwardings_fip_set", forwarding.Select(ip => (JsonNode)$"{ip["floating_ip_address"]}/32"));
        Some(view, "fip_managed_by_port_forwardings", forwarding.Select(ip => ip["id"]!));
        Some(view, "_pf_floatingips", forwarding.Select(FloatingIpView));
        return view;
    }

    JsonObject FloatingIpView(JsonObject floating)
    {
        var view = floating.DeepClone().AsObject();
        view["port_details"] = (string?)floating["port_id"] is { } id && ports.TryGetValue(id, out var port)
            ? Only(port, "name", "network_id", "mac_address", "admin_state_up", "status", "device_id", "device_owner")
            : null;
        view["port_forwardings"] = List(forwardings.Values.Where(one => Is(one, "floatingip_id", floating["id"]))
            .Select(one => Only(one, "id", "protocol", "internal_ip_address", "internal_port_id", "internal_port", "external_port")));
        return view;
    }

    /// <summary>_populate_mtu_and_subnets_for_ports.</summary>
    JsonObject WithSubnets(JsonObject port)
    {
        var view = port.DeepClone().AsObject();
        var (own, extra) = (new JsonArray(), new JsonArray());
        foreach (var (id, subnet) in subnets.Where(subnet => Is(subnet.Value, "network_id", port["network_id"])))
        {
            var info = Only(subnet, "id", "cidr", "gateway_ip", "dns_nameservers", "ipv6_ra_mode").With("subnetpool_id", null);
            if (view["fixed_ips"]!.AsArray().FirstOrDefault(ip => (string?)ip!["subnet_id"] == id) is not { } fixedIp)
            {
                extra.Add(info);
                continue;
            }

            own.Add(info);
            fixedIp["prefixlen"] = IPNetwork.Parse((string)subnet["cidr"]!).PrefixLength;
        }

        view["subnets"] = own;
        view["extra_subnets"] = extra;
        view["address_scopes"] = new JsonObject { ["4"] = null, ["6"] = null };
        view["mtu"] = networks[(string)port["network_id"]!]["mtu"]!.DeepClone();
        return view;
    }

    static void Some(JsonObject view, string name, IEnumerable<JsonNode> items)
    {
        if (List(items) is { Count: > 0 } some)
        {
            view[name] = some;
        }
    }
}
