using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Ports: MACs, groups, port security, binding (neutron/plugins/ml2/plugin.py: create_port, update_port).</summary>
public sealed partial class FakeNeutron
{
    // Not where the scripted parents begin: two clouds draw theirs apart.
    private int macs = 0x800000;

    private void PortRules()
    {
        var ports = collections["ports"];
        ports.Sees = OwnsNetwork;
        ports.Owns = OwnsNetwork;
        ports.Computed["qos_network_policy_id"] = (_, port) =>
            collections["networks"].Items.GetValueOrDefault(port.Text("network_id"))?["qos_policy_id"]?.DeepClone();
        ports.Computed["dns_assignment"] = (_, port) => new JsonArray([.. port.List("fixed_ips").Select(ip => new JsonObject
        {
            ["ip_address"] = (string?)ip["ip_address"],
            ["hostname"] = port.Text("dns_name") is { Length: > 0 } name ? name : "host-" + ((string?)ip["ip_address"])?.Replace('.', '-').Replace(':', '-'),
            ["fqdn"] = (port.Text("dns_name") is { Length: > 0 } host ? host : "host") + ".openstacklocal.",
        })]);
        ports.Computed["trunk_details"] = (_, port) => TrunkDetails(port);
        ports.Creating = CreatePort;
        ports.Created = port =>
        {
            Allocated(port);
            Bind(port);
        };
        ports.Updating = UpdatePort;
        ports.Deleting = (_, port) =>
        {
            RefuseTrunkPort(port);
            RefuseServicePort(port);
        };
        ports.Updated = port =>
        {
            DropForwardings(port.Id, part => !port.List("fixed_ips").Any(ip => (string?)ip["ip_address"] == (string?)part["internal_ip_address"]));
            if (IsRouters(port))
            {
                unsettledPorts.Add(port.Id);
            }
        };
        ports.Deleted = port =>
        {
            Free(port);
            LetGoOf(port);
        };
    }

    private FakeNetworkItem? NetworkOf(FakeNetworkItem item) => collections["networks"].Items.GetValueOrDefault(item.Text("network_id"));

    private bool OwnsNetwork(FakeCall call, FakeNetworkItem item) => NetworkOf(item)?.ProjectId == call.ProjectId;

    private void CreatePort(FakeCall call, FakeNetworkItem port, JsonObject asked)
    {
        var network = Visible(call, collections["networks"], port.Text("network_id"));
        DemandPolicy(call, network, asked, "create_port");
        port["mac_address"] = port["mac_address"] is { } mac ? CheckMac(network.Id, (string)mac!) : NewMac(network.Id);
        var secure = (bool?)port["port_security_enabled"] ?? (!Has("port-security") || network.Is("port_security_enabled"));
        port["port_security_enabled"] = secure;
        var trusted = port.Text("device_owner").StartsWith("network:", StringComparison.Ordinal);
        var groups = asked["security_groups"] as JsonArray;
        if (!secure && groups is { Count: > 0 })
        {
            throw new FakeRefusal(
                400, "Port security must be enabled and port must have an IP address in order to use security groups.", "PortSecurityAndIPRequiredForSecurityGroups");
        }

        port["security_groups"] = groups is not null ? CheckGroups(call, port.ProjectId, groups)
            : secure && !trusted ? new JsonArray(EnsureDefaultGroup(port.ProjectId))
            : [];
        port["allowed_address_pairs"] = Pairs(asked, port.Text("mac_address"), secure);
        port["extra_dhcp_opts"] = Options(asked["extra_dhcp_opts"] as JsonArray ?? []);
        port["fixed_ips"] = Allocate(port, network, asked["fixed_ips"] as JsonArray);
        port["ip_allocation"] = asked["fixed_ips"] is JsonArray { Count: 0 } ? "none" : "immediate";
        port["status"] = "DOWN";
        CheckQosPolicy(call, asked);
    }

    private void UpdatePort(FakeCall call, FakeNetworkItem port, JsonObject asked)
    {
        var network = Existing("networks", port.Text("network_id"));
        DemandPolicy(call, network, asked, "update_port");
        if (asked["mac_address"] is { } mac && !string.Equals((string?)mac, port.Text("mac_address"), StringComparison.OrdinalIgnoreCase))
        {
            if (port.Text("binding:vif_type") is not ("unbound" or "binding_failed"))
            {
                throw new FakeRefusal(
                    409,
                    $"Unable to complete operation on port {port.Id}, port is already bound, port type: {port.Text("binding:vif_type")}, "
                    + $"old_mac {port.Text("mac_address")}, new_mac {mac}.",
                    "PortBound");
            }

            asked["mac_address"] = CheckMac(network.Id, (string)mac!);
        }

        var secure = (bool?)asked["port_security_enabled"] ?? port.Is("port_security_enabled");
        if (asked["security_groups"] is JsonArray groups)
        {
            asked["security_groups"] = CheckGroups(call, port.ProjectId, groups);
        }

        if (!secure && (asked["security_groups"] as JsonArray ?? port["security_groups"] as JsonArray) is { Count: > 0 })
        {
            throw new FakeRefusal(
                409, "Port has security group associated. Cannot disable port security or IP address until security group is removed.", "PortSecurityPortHasSecurityGroup");
        }

        if (asked.ContainsKey("allowed_address_pairs"))
        {
            asked["allowed_address_pairs"] = Pairs(asked, (string?)asked["mac_address"] ?? port.Text("mac_address"), secure);
        }
        else if (!secure && port.List("allowed_address_pairs").Any())
        {
            throw PairsNeedSecurity();
        }

        if (asked["extra_dhcp_opts"] is JsonArray options)
        {
            // db/extradhcpopt_db.py: only what is named changes; a null takes away.
            var kept = port.List("extra_dhcp_opts").Where(old => !options.Any(one => Same(one!, old))).Select(old => old.DeepClone());
            asked["extra_dhcp_opts"] = new JsonArray([.. kept, .. Options(options).Select(one => one!.DeepClone())]);
        }

        if (asked["fixed_ips"] is JsonArray ips)
        {
            RefuseAddressChange(port, ips);
            asked["fixed_ips"] = Reallocate(port, network, ips);
        }

        CheckQosPolicy(call, asked);
        Rebind(port, asked);

        static bool Same(JsonNode one, JsonNode other) => (string?)one["opt_name"] == (string?)other["opt_name"] && Text(one["ip_version"] ?? 4) == Text(other["ip_version"] ?? 4);
    }

    // conf/policies/port.py: on a network of others only an administrator chooses MAC, addresses, pairs and port security.
    private void DemandPolicy(FakeCall call, FakeNetworkItem network, JsonObject asked, string rule)
    {
        if (call.IsAdmin || network.ProjectId == call.ProjectId)
        {
            return;
        }

        if (rule is "create_port" && !IsShared("network", network.Id, call.ProjectId))
        {
            throw NotAllowed(rule);
        }

        foreach (var name in new[] { "mac_address", "port_security_enabled", "allowed_address_pairs" })
        {
            if (asked.ContainsKey(name))
            {
                throw NotAllowed($"{rule}:{name}");
            }
        }

        if ((asked["fixed_ips"] as JsonArray)?.Any(ip => ip!["ip_address"] is not null) is true)
        {
            throw NotAllowed($"{rule}:fixed_ips:ip_address");
        }

        if (((string?)asked["device_owner"])?.StartsWith("network:", StringComparison.Ordinal) is true)
        {
            throw NotAllowed($"{rule}:device_owner");
        }
    }

    private string CheckMac(string networkId, string mac)
    {
        var plain = mac.ToLowerInvariant();
        if (plain.Split(':') is not { Length: 6 } parts || parts.Any(part => part.Length is not 2 || !byte.TryParse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _)))
        {
            throw new FakeRefusal(400, $"Invalid input for mac_address. Reason: '{mac}' is not a valid MAC address.", "HTTPBadRequest");
        }

        // It is kept as it was said; the database compares without regard to case.
        return MacTaken(networkId, plain)
            ? throw new FakeRefusal(409, $"Unable to complete operation for network {networkId}. The mac address {mac} is in use.", "MacAddressInUse")
            : mac;
    }

    private bool MacTaken(string networkId, string mac) => Of(byMac, mac, "ports").Any(port => port.Text("network_id") == networkId);

    private string NewMac(string networkId)
    {
        while (true)
        {
            var number = ++macs;
            var mac = $"fa:16:3e:{(number >> 16) & 0xff:x2}:{(number >> 8) & 0xff:x2}:{number & 0xff:x2}";
            if (!MacTaken(networkId, mac))
            {
                return mac;
            }
        }
    }

    private static JsonArray Pairs(JsonObject asked, string mac, bool secure)
    {
        var pairs = asked["allowed_address_pairs"] as JsonArray ?? [];
        if (pairs.Count > 0 && !secure)
        {
            throw PairsNeedSecurity();
        }

        var seen = new HashSet<(string, string)>();
        return new JsonArray([.. pairs.Select(pair =>
        {
            var one = (Mac: (string?)pair!["mac_address"] ?? mac, Ip: (string)pair["ip_address"]!);
            return seen.Add(one)
                ? new JsonObject { ["mac_address"] = one.Mac, ["ip_address"] = one.Ip }
                : throw new FakeRefusal(400, $"Request contains duplicate address pair: mac_address {one.Mac} ip_address {one.Ip}.", "DuplicateAddressPairInRequest");
        })]);
    }

    private static FakeRefusal PairsNeedSecurity() =>
        new(409, "Port Security must be enabled in order to have allowed address pairs on a port.", "AddressPairAndPortSecurityRequired");

    private static JsonArray Options(JsonArray options) => new([.. options.Where(one => one!["opt_value"] is not null).Select(one => new JsonObject
    {
        ["opt_name"] = (string)one!["opt_name"]!, ["opt_value"] = (string)one["opt_value"]!, ["ip_version"] = one["ip_version"] is { } version ? int.Parse(Text(version), CultureInfo.InvariantCulture) : 4,
    })]);

    private JsonArray CheckGroups(FakeCall call, string project, JsonArray asked)
    {
        var groups = collections["security-groups"].Items;
        var missing = asked.Select(id => (string)id!).Where(id => !groups.TryGetValue(id, out var group)
            || (!call.IsAdmin && group.ProjectId != project && !IsShared("security_group", id, project))).ToList();
        if (missing.Count > 0)
        {
            throw new FakeRefusal(404, $"Security group {string.Join(", ", missing)} does not exist", "SecurityGroupNotFound");
        }

        // db/securitygroups_db.py: _validate_sgs_for_port.
        return asked.Select(id => groups[(string)id!].Is("stateful")).Distinct().Count() > 1
            ? throw new FakeRefusal(
                409, "Error Cannot apply both stateful and stateless security groups on the same port at the same time while attempting the operation.", "SecurityGroupConflict")
            : new JsonArray([.. asked.Select(id => (string)id!).Distinct(StringComparer.Ordinal).Select(id => JsonValue.Create(id))]);
    }
}
