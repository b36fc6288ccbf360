using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Floating IPs (neutron/db/l3_db.py: _create_floatingip, _check_and_get_fip_assoc, disassociate_floatingips).</summary>
public sealed partial class FakeNeutron
{
    private void FloatingIpRules()
    {
        var fips = collections["floatingips"];
        fips.NoFilters.UnionWith(["subnet_id", "qos_policy_id", "port_details", "port_forwardings"]);
        fips.Computed["port_forwardings"] = (_, fip) => new JsonArray([.. ForwardingsOf(fip.Id).Select(part => Outline(part))]);
        fips.Computed["port_details"] = (_, fip) => collections["ports"].Items.GetValueOrDefault(fip.Text("port_id")) is { } port
            ? new JsonObject
            {
                ["name"] = port.Text("name"), ["network_id"] = port.Text("network_id"), ["mac_address"] = port.Text("mac_address"), ["status"] = port.Text("status"),
                ["admin_state_up"] = port.Is("admin_state_up"), ["device_id"] = port.Text("device_id"), ["device_owner"] = port.Text("device_owner"),
            }
            : null;
        fips.Creating = (call, fip, asked) =>
        {
            fip.Members.Remove("subnet_id");
            fip["status"] = "DOWN";
            CheckQosPolicy(call, asked);
            var port = FloatingPort(call, fip, asked);
            try
            {
                Associate(call, fip, asked, null);
                (fip["port_id"], fip["fixed_ip_address"], fip["router_id"]) =
                    (asked["port_id"]?.DeepClone(), asked["fixed_ip_address"]?.DeepClone(), asked["router_id"]?.DeepClone());
            }
            catch (FakeRefusal)
            {
                Drop(collections["ports"], port);
                throw;
            }

            Rewrite(collections["ports"], port, () => port["device_id"] = fip.Id);
            unsettledFloatingIps.Add(fip.Id);
        };
        fips.Updating = (call, fip, asked) =>
        {
            CheckQosPolicy(call, asked);
            Associate(call, fip, asked, (string?)fip["port_id"]);
            if (asked["port_id"] is not null && ForwardingsOf(fip.Id).Count > 0)
            {
                throw InUseByForwarding(fip);
            }

            unsettledFloatingIps.Add(fip.Id);
        };
        fips.Deleting = (_, fip) =>
        {
            if (ForwardingsOf(fip.Id).Count > 0)
            {
                throw InUseByForwarding(fip);
            }
        };
        fips.Deleted = fip =>
        {
            forwardings.Remove(fip.Id);
            foreach (var port in PortsOf(fip.Id).Where(port => port.Text("device_owner") is "network:floatingip"))
            {
                Drop(collections["ports"], port);
            }
        };
    }

    private static FakeRefusal InUseByForwarding(FakeNetworkItem fip) => new(409, $"Floating IP {fip.Id} in use by Port Forwarding resources.", "FipInUseByPortForwarding");

    private FakeNetworkItem FloatingPort(FakeCall call, FakeNetworkItem fip, JsonObject asked)
    {
        var network = Visible(call, collections["networks"], fip.Text("floating_network_id"));
        if (!network.Is("router:external"))
        {
            throw Bad("floatingip", $"Network {network.Id} is not a valid external network");
        }

        if (SubnetsOf(network.Id).All(IsSix))
        {
            throw Bad("floatingip", $"Network {network.Id} does not contain any IPv4 subnet");
        }

        var wanted = new JsonObject { ["network_id"] = network.Id, ["project_id"] = "", ["device_id"] = "PENDING", ["device_owner"] = "network:floatingip" };
        var ip = new JsonObject();
        foreach (var (name, member) in new[] { ("subnet_id", "subnet_id"), ("floating_ip_address", "ip_address") })
        {
            if (asked[name] is { } said)
            {
                ip[member] = said.DeepClone();
            }
        }

        if (ip.Count > 0)
        {
            wanted["fixed_ips"] = new JsonArray(ip);
        }

        var port = Create(Operator, collections["ports"], Untrusting(wanted));
        port["status"] = "N/A";
        if (port.List("fixed_ips").Select(one => (string)one["ip_address"]!).FirstOrDefault(one => !one.Contains(':', StringComparison.Ordinal)) is { } address)
        {
            fip["floating_ip_address"] = address;
            return port;
        }

        Drop(collections["ports"], port);
        throw new FakeRefusal(400, $"Unable to find any IP address on external network {network.Id}.", "ExternalIpAddressExhausted");
    }

    /// <summary>Says in <paramref name="asked"/> port, address and router as they will be.</summary>
    private void Associate(FakeCall call, FakeNetworkItem fip, JsonObject asked, string? before)
    {
        var said = asked.TryGetPropertyValue("port_id", out var node);
        var portId = said ? (string?)node : null;
        var fixedIp = (string?)asked["fixed_ip_address"];
        if (fixedIp is not null && portId is null)
        {
            throw Bad("floatingip", "fixed_ip_address cannot be specified without a port_id");
        }

        portId ??= said ? null : before;
        if (portId is null)
        {
            asked["port_id"] = asked["fixed_ip_address"] = null;
            // While it has port forwardings it keeps their router.
            asked["router_id"] = before is null ? fip["router_id"]?.DeepClone() : null;
            return;
        }

        var port = Visible(call, collections["ports"], portId);
        if (IsRouters(port) || port.Text("device_owner") is "network:floatingip")
        {
            throw Bad("floatingip", "Port %(id)s is unable to be assigned a floating IP");
        }

        var (subnetId, address) = Target(port, fixedIp);
        var router = RouterBetween(port, subnetId, fip.Text("floating_network_id")) ?? throw new FakeRefusal(
            404,
            $"External network {fip.Text("floating_network_id")} is not reachable from subnet {subnetId}.  Therefore, cannot associate Port {portId} with a Floating IP.",
            "ExternalGatewayForFloatingIPNotFound");
        if (portId != before && Of(byFixedPort, portId, "floatingips").Any(other => other.Id != fip.Id
            && other.Text("floating_network_id") == fip.Text("floating_network_id") && other.Text("fixed_ip_address") == address))
        {
            throw AlreadyAssociated(fip, portId, address);
        }

        (asked["port_id"], asked["fixed_ip_address"], asked["router_id"]) = (portId, address, router);
    }

    private static FakeRefusal AlreadyAssociated(FakeNetworkItem fip, string portId, string address) => new(
        409,
        $"Cannot associate floating IP {fip.Text("floating_ip_address")} ({fip.Id}) with port {portId} using fixed IP {address}, as that fixed IP already has a floating IP on "
        + $"external network {fip.Text("floating_network_id")}.",
        "FloatingIPPortAlreadyAssociated");

    private static (string SubnetId, string Address) Target(FakeNetworkItem port, string? asked)
    {
        if (asked is not null)
        {
            if (asked.Contains(':', StringComparison.Ordinal))
            {
                throw Bad("floatingip", $"Cannot process floating IP association with {asked}, since that is not an IPv4 address");
            }

            return port.List("fixed_ips").FirstOrDefault(ip => (string?)ip["ip_address"] == asked) is { } found
                ? ((string)found["subnet_id"]!, asked)
                : throw Bad("floatingip", $"Port {port.Id} does not have fixed ip {asked}");
        }

        return port.List("fixed_ips").Where(ip => !((string)ip["ip_address"]!).Contains(':', StringComparison.Ordinal)).ToList() switch
        {
            [] => throw Bad("floatingip", $"Cannot add floating IP to port {port.Id} that has no fixed IPv4 addresses"),
            [var only] => ((string)only["subnet_id"]!, (string)only["ip_address"]!),
            _ => throw Bad("floatingip", $"Port {port.Id} has multiple fixed IPv4 addresses.  Must provide a specific IPv4 address when assigning a floating IP"),
        };
    }

    // get_router_for_floatingip: that which is the subnet's gateway, else the first.
    private string? RouterBetween(FakeNetworkItem port, string subnetId, string externalId)
    {
        var doors = PortsOn(port.Text("network_id"))
            .Where(one => IsInterface(one) && Stands(one, subnetId) && GatewayOf(one.Text("device_id"))?.Text("network_id") == externalId)
            .ToList();
        var gateway = Existing("subnets", subnetId).Text("gateway_ip");
        return (doors.Find(door => door.List("fixed_ips").Any(ip => (string?)ip["ip_address"] == gateway)) ?? doors.FirstOrDefault())?.Text("device_id");
    }

    private void LetGo(FakeNetworkItem fip)
    {
        Rewrite(collections["floatingips"], fip, () => (fip["port_id"], fip["fixed_ip_address"], fip["router_id"]) = (null, null, null));
        unsettledFloatingIps.Add(fip.Id);
    }

    /// <summary>A port is gone, and with it what led to it.</summary>
    private void LetGoOf(FakeNetworkItem port)
    {
        foreach (var fip in Of(byFixedPort, port.Id, "floatingips"))
        {
            LetGo(fip);
        }

        DropForwardings(port.Id, _ => true);
        foreach (var proxy in collections["ndp_proxies"].Items.Values.Where(proxy => proxy.Text("port_id") == port.Id).ToList())
        {
            Drop(collections["ndp_proxies"], proxy);
        }

        if (port.Text("device_owner") is "network:floatingip" && collections["floatingips"].Items.TryGetValue(port.Text("device_id"), out var own))
        {
            Drop(collections["floatingips"], own);
        }
    }

    private void RefuseAddressChange(FakeNetworkItem port, JsonArray ips)
    {
        var wanted = ips.Select(ip => (string?)ip!["ip_address"]).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (IsInterface(port) && collections["routers"].Items.ContainsKey(port.Text("device_id"))
            && !wanted.Where(IsFour).ToHashSet(StringComparer.Ordinal).SetEquals(port.List("fixed_ips").Select(ip => (string)ip["ip_address"]!).Where(IsFour)))
        {
            throw new FakeRefusal(400, $"IP updates for port {port.Id} are not allowed", "IPAddressChangeNotAllowed");
        }

        // Newer than Zed: _prevent_internal_ip_change_for_fip.
        if (cloud.Options.Release.Name is not ("train" or "zed") && Of(byFixedPort, port.Id, "floatingips").FirstOrDefault() is { } fip && !wanted.Contains(fip.Text("fixed_ip_address")))
        {
            throw Bad("port", $"Cannot update the fixed_ips of the port {port.Id}, because its original fixed_ip has been associated to a floating ip");
        }

        static bool IsFour(string address) => !address.Contains(':', StringComparison.Ordinal);
    }
}
