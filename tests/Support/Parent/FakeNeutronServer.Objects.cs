using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Support.Parent;

/// <summary>Things as versioned objects of Zed (neutron/objects): nested objects, absent where nothing is set, JSON in a text for a binding's dictionaries.</summary>
public sealed partial class FakeNeutronServer
{
    static readonly Dictionary<string, string> Versions = new(StringComparer.Ordinal)
    {
        ["AddressGroup"] = "1.2", ["ConntrackHelper"] = "1.0", ["NDPProxy"] = "1.0", ["Network"] = "1.1", ["Port"] = "1.7", ["PortForwarding"] = "1.3", ["QosPolicy"] = "1.10", ["SecurityGroup"] = "1.5",
        ["SecurityGroupRule"] = "1.2", ["SubPort"] = "1.0", ["Subnet"] = "1.1", ["Trunk"] = "1.1",
    };

    /// <summary>Fields that are no column of the type's own table.</summary>
    static readonly Dictionary<string, string[]> Unfiltered = new(StringComparer.Ordinal)
    {
        ["Port"] = ["binding_host"], ["PortForwarding"] = ["router_id", "floating_ip_address"],
    };

    JsonArray BulkPull(FakeNeutronCall call)
    {
        var type = call.Text("resource_type");
        Known(type, call.Text("version"));
        var filters = call.Arguments["filter_kwargs"] as JsonObject ?? [];
        if (Unfiltered.GetValueOrDefault(type)?.FirstOrDefault(filters.ContainsKey) is { } field)
        {
            throw new RpcFault("neutron_lib.exceptions", "InvalidInput", $"Invalid input for operation: '{field}' is not supported for filtering.");
        }

        var found = Candidates(type, filters).Select(item => Object(type, item)).Where(item => Fits(item["versioned_object.data"]!.AsObject(), filters));
        return call.Context.IsAdmin ? [.. found] : [];
    }

    JsonNode? Pull(FakeNeutronCall call)
    {
        var (type, id) = (call.Text("resource_type"), call.Text("resource_id"));
        Known(type, call.Text("version"));
        return type switch
        {
            "QosPolicy" => policies.GetValueOrDefault(id) is { } policy ? Object(type, policy) : null,
            // neutron/services/trunk/rpc/server.py: trunk_by_port_provider: the id is the parent port's.
            "Trunk" => trunks.Values.FirstOrDefault(trunk => Is(trunk, "port_id", id)) is { } trunk ? Object(type, trunk) : null,
            _ => throw new RpcFault("neutron.api.rpc.callbacks.exceptions", "CallbackNotFound", $"Callback for {type} not found"),
        };
    }

    static void Known(string type, string version)
    {
        if (Versions.GetValueOrDefault(type) != version)
        {
            throw new RpcFault("oslo_versionedobjects.exception", "InvalidTargetVersion", $"Invalid target version {version} for {type}");
        }
    }

    /// <summary>What an id or a network in the filters leaves: of thousands no object is made to be thrown away.</summary>
    IEnumerable<JsonObject> Candidates(string type, JsonObject filters)
    {
        var items = All(type);
        foreach (var key in new[] { "id", "network_id" })
        {
            if (filters[key] is JsonArray values)
            {
                var wanted = values.Select(value => (string?)value).ToHashSet();
                items = items.Where(item => item[key] is null || wanted.Contains((string?)item[key]));
            }
        }

        return items;
    }

    IEnumerable<JsonObject> All(string type) => type switch
    {
        "Port" => ports.Values,
        "Network" => networks.Values,
        "Subnet" => subnets.Values,
        "SecurityGroup" => groups.Values,
        "SecurityGroupRule" => rules.Values,
        "AddressGroup" => addressGroups.Values,
        "QosPolicy" => policies.Values,
        "Trunk" => trunks.Values,
        "PortForwarding" => forwardings.Values,
        "ConntrackHelper" => helpers.Values,
        "NDPProxy" => proxies.Values,
        "SubPort" => trunks.Values.SelectMany(trunk => trunk["sub_ports"]!.AsArray().Select(sub => SubPort(trunk, sub!.AsObject()))),
        _ => throw new RpcFault("neutron.api.rpc.callbacks.exceptions", "InvalidResourceTypeClass", type),
    };

    JsonObject Object(string type, JsonObject item) => type switch
    {
        "Port" => PortObject(item),
        "Network" => NetworkObject(item),
        "Subnet" => SubnetObject(item),
        "SecurityGroup" => Wrap(type, Without(item, "security_group_rules").With("rules", List(rules.Values
            .Where(rule => Is(rule, "security_group_id", item["id"])).Select(rule => Object("SecurityGroupRule", rule))))),
        "SecurityGroupRule" => RuleObject(item),
        "AddressGroup" => Wrap(type, item.DeepClone().AsObject().With("addresses", List(item["addresses"]!.AsArray().Select(address =>
            Wrap("AddressAssociation", new() { ["address"] = address!.DeepClone(), ["address_group_id"] = item["id"]!.DeepClone() }, "1.0"))))),
        "QosPolicy" => Wrap(type, item.DeepClone().AsObject().With("rules", List(item["rules"]!.AsArray().Select(rule => QosRule(rule!.AsObject(), item))))),
        "Trunk" => Wrap(type, item.DeepClone().AsObject().With("sub_ports", List(item["sub_ports"]!.AsArray().Select(sub => Object("SubPort", SubPort(item, sub!.AsObject())))))),
        _ => Wrap(type, item.DeepClone().AsObject()),
    };

    static JsonObject SubPort(JsonObject trunk, JsonObject sub) => sub.DeepClone().AsObject().With("trunk_id", trunk["id"]!.DeepClone());

    JsonObject PortObject(JsonObject port)
    {
        var id = port["id"]!;
        var network = networks.GetValueOrDefault((string)port["network_id"]!);
        var data = Only(port, "id", "project_id", "name", "network_id", "mac_address", "admin_state_up", "device_id", "device_owner", "status", "description", "qos_policy_id", "qos_network_policy_id", "revision_number");
        data["allowed_address_pairs"] = Parts(port["allowed_address_pairs"], "AllowedAddressPair", id);
        data["fixed_ips"] = Parts(port["fixed_ips"], "IPAllocation", id);
        data["dhcp_options"] = Parts(port["extra_dhcp_opts"], "ExtraDhcpOpt", id);
        data["security"] = Wrap("PortSecurity", new() { ["id"] = id.DeepClone(), ["port_security_enabled"] = port["port_security_enabled"]?.DeepClone() }, "1.0");
        data["security_group_ids"] = port["security_groups"]!.DeepClone();
        data["dns"] = (string?)port["dns_name"] is { Length: > 0 } name
            ? Wrap("PortDNS", new() { ["port_id"] = id.DeepClone(), ["dns_name"] = name, ["dns_domain"] = (string?)port["dns_domain"] ?? "" }, "1.1")
            : null;
        data["distributed_bindings"] = new JsonArray();
        var bindings = new JsonArray();
        if ((string?)port["binding:host_id"] is { Length: > 0 } host)
        {
            bindings.Add(Binding(port, host, "ACTIVE"));
            data["binding_levels"] = network is null ? [] : new JsonArray(Wrap("PortBindingLevel", new()
            {
                ["port_id"] = id.DeepClone(), ["host"] = host, ["level"] = 0, ["driver"] = "openvswitch", ["segment"] = Segment(network),
            }, "1.1"));
        }

        foreach (var other in inactive.GetValueOrDefault((string)id!) ?? [])
        {
            bindings.Add(Binding(port, other, "INACTIVE"));
        }

        data["bindings"] = bindings;
        return Wrap("Port", data);
    }

    static JsonObject Binding(JsonObject port, string host, string status) => Wrap("PortBinding", new()
    {
        ["port_id"] = port["id"]!.DeepClone(),
        ["host"] = host,
        ["profile"] = port["binding:profile"]?.ToJsonString() ?? "{}",
        ["vif_type"] = (string?)port["binding:vif_type"],
        ["vif_details"] = port["binding:vif_details"]?.ToJsonString() ?? "",
        ["vnic_type"] = (string?)port["binding:vnic_type"],
        ["status"] = status,
    }, "1.0");

    static JsonArray Parts(JsonNode? items, string name, JsonNode port) => List((items as JsonArray ?? []).Select(item =>
        Wrap(name, item!.DeepClone().AsObject().With("port_id", port.DeepClone()), "1.0")));

    static JsonObject NetworkObject(JsonObject network)
    {
        var data = Only(network, "id", "project_id", "name", "status", "admin_state_up", "shared", "mtu", "description", "qos_policy_id", "revision_number");
        data["security"] = Wrap("NetworkPortSecurity", new() { ["id"] = network["id"]!.DeepClone(), ["port_security_enabled"] = network["port_security_enabled"]?.DeepClone() }, "1.0");
        data["segments"] = new JsonArray(Segment(network));
        data["dns_domain"] = (string?)network["dns_domain"] is { Length: > 0 } domain
            ? Wrap("NetworkDNSDomain", new() { ["network_id"] = network["id"]!.DeepClone(), ["dns_domain"] = domain }, "1.0")
            : null;
        return Wrap("Network", data);
    }

    static JsonObject Segment(JsonObject network)
    {
        var data = new JsonObject
        {
            ["id"] = network["id"]!.DeepClone(),
            ["network_id"] = network["id"]!.DeepClone(),
            ["network_type"] = network["provider:network_type"]?.DeepClone(),
            ["segmentation_id"] = network["provider:segmentation_id"]?.DeepClone(),
            ["is_dynamic"] = false,
            ["segment_index"] = 0,
            ["hosts"] = new JsonArray(),
        };
        if (network["provider:physical_network"] is { } physical)
        {
            data["physical_network"] = physical.DeepClone();
        }

        return Wrap("NetworkSegment", data, "1.0");
    }

    static JsonObject SubnetObject(JsonObject subnet)
    {
        var data = Only(subnet, "id", "project_id", "name", "network_id", "ip_version", "cidr", "gateway_ip", "enable_dhcp", "description", "ipv6_ra_mode", "ipv6_address_mode", "revision_number", "service_types");
        foreach (var absent in new[] { "ipv6_ra_mode", "ipv6_address_mode" }.Where(name => data[name] is null))
        {
            data.Remove(absent);
        }

        var id = subnet["id"]!;
        data["shared"] = false;
        data["allocation_pools"] = List(subnet["allocation_pools"]!.AsArray().Select(pool => Wrap("IPAllocationPool", pool!.DeepClone().AsObject().With("subnet_id", id.DeepClone()), "1.0")));
        data["host_routes"] = List(subnet["host_routes"]!.AsArray().Select(route => Wrap("Route", route!.DeepClone().AsObject().With("subnet_id", id.DeepClone()), "1.0")));
        data["dns_nameservers"] = List(subnet["dns_nameservers"]!.AsArray().Select((server, order) =>
            Wrap("DNSNameServer", new() { ["address"] = server!.DeepClone(), ["subnet_id"] = id.DeepClone(), ["order"] = order }, "1.0")));
        return Wrap("Subnet", data);
    }

    static JsonObject RuleObject(JsonObject rule)
    {
        var data = rule.DeepClone().AsObject();
        foreach (var unset in data.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            data.Remove(unset);
        }

        data["normalized_cidr"] = rule["remote_ip_prefix"]?.DeepClone();
        return Wrap("SecurityGroupRule", data);
    }

    static JsonObject QosRule(JsonObject rule, JsonObject policy) => Wrap((string)rule["type"]! switch
    {
        "bandwidth_limit" => "QosBandwidthLimitRule",
        "dscp_marking" => "QosDscpMarkingRule",
        "minimum_bandwidth" => "QosMinimumBandwidthRule",
        var other => throw new ArgumentException($"no rule of type {other}", nameof(rule)),
    }, rule.DeepClone().AsObject().With("qos_policy_id", policy["id"]!.DeepClone()), "1.5");

    static JsonObject Wrap(string name, JsonObject data, string? version = null) =>
        new VersionedObject(ObjectDialect.Neutron, name, version ?? Versions[name], data).ToJson();

    static JsonObject Only(JsonObject item, params string[] names) => new(names.Where(item.ContainsKey).Select(name => KeyValuePair.Create(name, item[name]?.DeepClone())));

    static JsonObject Without(JsonObject item, string name)
    {
        var copy = item.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }
}

static class JsonWith
{
    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        json[name] = value;
        return json;
    }
}
