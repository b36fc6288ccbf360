using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Interfaces of routers (neutron/db/l3_db.py: add_router_interface, remove_router_interface).</summary>
public sealed partial class FakeNeutron
{
    /// <summary>Gives a router a port, by the rules, as an operator would.</summary>
    public void AddInterface(string routerId, string portId) => cloud.Locked(() =>
        AddInterface(Operator, Existing("routers", routerId), new JsonObject { ["port_id"] = portId }));

    /// <summary>Takes a port from a router, by the rules, as an operator would.</summary>
    public void RemoveInterface(string routerId, string portId) => cloud.Locked(() =>
        RemoveInterface(Existing("routers", routerId), new JsonObject { ["port_id"] = portId }));

    private FakeAnswer ChangeInterface(FakeCall call, FakeNetworkItem router, string verb)
    {
        var asked = call.Body();
        if (asked["port_id"] is null && asked["subnet_id"] is null)
        {
            throw Bad("router", "Either subnet_id or port_id must be specified");
        }

        return FakeAnswer.Json(200, verb is "add_router_interface" ? AddInterface(call, router, asked) : RemoveInterface(router, asked));
    }

    private JsonObject AddInterface(FakeCall call, FakeNetworkItem router, JsonObject asked)
    {
        if (asked["port_id"] is not null && asked["subnet_id"] is not null)
        {
            throw Bad("router", "Cannot specify both subnet-id and port-id");
        }

        var owner = InterfaceOwner(router.Is("distributed"), router.Is("ha"));
        var port = (string?)asked["port_id"] is { } id ? FreePort(call, router, id, owner) : PortFor(call, router, (string)asked["subnet_id"]!, owner);
        Save(router);
        unsettledPorts.Add(port.Id);
        var subnets = port.List("fixed_ips").Select(ip => (string)ip["subnet_id"]!).ToList();
        return Interface(router, port, subnets, subnets[^1]);
    }

    private FakeNetworkItem FreePort(FakeCall call, FakeNetworkItem router, string id, string owner)
    {
        var port = Visible(call, collections["ports"], id);
        if (port.Text("device_id").Length > 0)
        {
            throw new FakeRefusal(
                409, $"Unable to complete operation on port {id} for network {port.Text("network_id")}. Port already has an attached device {port.Text("device_id")}.", "PortInUse");
        }

        var subnets = port.List("fixed_ips").Select(ip => Existing("subnets", (string)ip["subnet_id"]!)).ToList();
        if (subnets.Count is 0)
        {
            throw Bad("router", "Router port must have at least one fixed IP");
        }

        subnets.ForEach(CheckAddressMode);
        if (subnets.Exists(IsSix) && InterfacesOf(router.Id).FirstOrDefault(other => other.Text("network_id") == port.Text("network_id") && HasSix(other)) is { } six)
        {
            throw Bad(
                "router",
                $"Router already contains IPv6 port {six.Id} belonging to network id {six.Text("network_id")}. Only one IPv6 port from the same network subnet can be connected to a router.");
        }

        CheckOverlap(router, subnets);
        if (subnets.Count(subnet => !IsSix(subnet)) > 1)
        {
            throw Bad("router", "Cannot have multiple IPv4 subnets on router port");
        }

        Rewrite(collections["ports"], port, () => (port["device_id"], port["device_owner"]) = (router.Id, owner));
        return port;
    }

    private FakeNetworkItem PortFor(FakeCall call, FakeNetworkItem router, string subnetId, string owner)
    {
        var subnet = Visible(call, collections["subnets"], subnetId);
        if (subnet["gateway_ip"] is null)
        {
            throw Bad("router", "Subnet for router interface must have a gateway IP");
        }

        CheckAddressMode(subnet);
        CheckOverlap(router, [subnet]);
        return Create(Operator, collections["ports"], Untrusting(new JsonObject
        {
            ["network_id"] = subnet.Text("network_id"), ["project_id"] = router.ProjectId, ["device_id"] = router.Id, ["device_owner"] = owner,
            ["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = subnet.Id, ["ip_address"] = subnet.Text("gateway_ip") }),
        }));
    }

    private JsonObject RemoveInterface(FakeNetworkItem router, JsonObject asked)
    {
        var (id, subnetId) = ((string?)asked["port_id"], (string?)asked["subnet_id"]);
        var port = InterfacesOf(router.Id).FirstOrDefault(one => (id is null || one.Id == id) && (id is not null || Stands(one, subnetId!)))
            ?? throw (id is not null
                ? new FakeRefusal(404, $"Router {router.Id} does not have an interface with id {id}", "RouterInterfaceNotFound")
                : new FakeRefusal(404, $"Router {router.Id} has no interface on subnet {subnetId}", "RouterInterfaceNotFoundForSubnet"));
        if (subnetId is not null && !Stands(port, subnetId))
        {
            throw new FakeRefusal(400, $"Subnet on port {port.Id} does not match the requested subnet {subnetId}.", "SubnetMismatchForPort");
        }

        var subnets = port.List("fixed_ips").Select(ip => (string)ip["subnet_id"]!).ToList();
        subnets.ForEach(subnet => RefuseUsed(router, subnet));
        Drop(collections["ports"], port);
        Save(router);
        return Interface(router, port, subnets, subnets[0]);
    }

    private void RefuseUsed(FakeNetworkItem router, string subnetId)
    {
        var prefix = pools[subnetId].Prefix;
        bool Inside(string? address) => FakePrefix.TryAddress(address, out var version, out var number) && prefix.Holds(version, number);
        bool Reached(string? portId) => portId is not null && collections["ports"].Items.TryGetValue(portId, out var port) && Stands(port, subnetId);
        if (collections["ndp_proxies"].Items.Values.Any(proxy => proxy.Text("router_id") == router.Id && Inside(proxy.Text("ip_address"))))
        {
            throw new FakeRefusal(
                409, $"Unable to remove subnet {subnetId} from router {router.Id}, There are one or more ndp proxies still in use on the subnet.", "RouterInterfaceInUseByNDPProxy");
        }

        if (Of(byRouter, router.Id, "floatingips").Any(fip => (Inside(fip.Text("fixed_ip_address")) && Reached(fip.Text("port_id")))
            || ForwardingsOf(fip.Id).Any(part => Inside((string?)part["internal_ip_address"]) && Reached((string?)part["internal_port_id"]))))
        {
            throw new FakeRefusal(
                409,
                $"Router interface for subnet {subnetId} on router {router.Id} cannot be deleted, as it is required by one or more floating IPs.",
                "RouterInterfaceInUseByFloatingIP");
        }

        if (router.List("routes").Any(route => Inside((string?)route["nexthop"])))
        {
            throw new FakeRefusal(
                409, $"Router interface for subnet {subnetId} on router {router.Id} cannot be deleted, as it is required by one or more routes.", "RouterInterfaceInUseByRoute");
        }
    }

    // _check_for_dup_router_subnets: of an external network all subnets count.
    private void CheckOverlap(FakeNetworkItem router, List<FakeNetworkItem> wanted)
    {
        foreach (var port in PortsOf(router.Id).Where(IsRouters))
        {
            var held = port.List("fixed_ips").Select(ip => (string)ip["subnet_id"]!).ToList();
            if (held.Find(id => wanted.Exists(subnet => subnet.Id == id)) is { } twice)
            {
                throw Bad("router", $"Router already has a port on subnet {twice}");
            }

            foreach (var other in port.Text("device_owner") is GatewayOwner ? SubnetsOf(port.Text("network_id")) : held.Select(id => Existing("subnets", id)))
            {
                var (taken, near) = (pools[other.Id].Prefix, wanted.Find(subnet => Overlap(pools[subnet.Id].Prefix, pools[other.Id].Prefix)));
                if (near is not null)
                {
                    throw Bad("router", $"Cidr {near.Text("cidr")} of subnet {near.Id} overlaps with cidr {taken} of subnet {other.Id}");
                }
            }
        }

        static bool Overlap(FakePrefix one, FakePrefix other) => one.Version == other.Version && one.First <= other.Last && other.First <= one.Last;
    }

    private static void CheckAddressMode(FakeNetworkItem subnet)
    {
        if (IsSix(subnet) && subnet["ipv6_ra_mode"] is null && subnet["ipv6_address_mode"] is not null)
        {
            throw Bad("router", $"IPv6 subnet {subnet.Id} configured to receive RAs from an external router cannot be added to Neutron Router.");
        }
    }

    private static bool IsSix(FakeNetworkItem subnet) => (int?)subnet["ip_version"] is 6;

    private static bool HasSix(FakeNetworkItem port) => port.List("fixed_ips").Any(ip => ((string)ip["ip_address"]!).Contains(':', StringComparison.Ordinal));

    private static bool Stands(FakeNetworkItem port, string subnetId) => port.List("fixed_ips").Any(ip => (string?)ip["subnet_id"] == subnetId);

    private static JsonObject Interface(FakeNetworkItem router, FakeNetworkItem port, List<string> subnets, string subnet) => new()
    {
        ["id"] = router.Id, ["tenant_id"] = port.ProjectId, ["project_id"] = port.ProjectId, ["port_id"] = port.Id, ["network_id"] = port.Text("network_id"),
        ["subnet_id"] = subnet, ["subnet_ids"] = new JsonArray([.. subnets.Select(id => JsonValue.Create(id))]),
    };
}
