using System.Net;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Cascade.Support.Parent;

/// <summary>What tenants, operators and nova do to the parent's networks.</summary>
public sealed partial class FakeNeutronServer
{
    readonly Dictionary<string, JsonObject> networks = [];
    readonly Dictionary<string, JsonObject> subnets = [];
    readonly Dictionary<string, JsonObject> ports = [];
    readonly Dictionary<string, JsonObject> groups = [];
    readonly Dictionary<string, JsonObject> rules = [];
    readonly Dictionary<string, JsonObject> addressGroups = [];
    readonly Dictionary<string, JsonObject> policies = [];
    readonly Dictionary<string, JsonObject> trunks = [];
    readonly Dictionary<string, List<string>> inactive = [];
    List<FakeNotice> telling = [];
    int macs;
    int segments = 1000;

    /// <summary>Of everything that is made without another one.</summary>
    public string ProjectId { get; set; } = "a7e0000000000000000000000000000b";

    public JsonObject? Port(string id) => Shown(ports, id);

    public JsonObject? Network(string id) => Shown(networks, id);

    public JsonObject? Trunk(string id) => Shown(trunks, id);

    public IReadOnlyList<JsonObject> Ports => Locked(() => ports.Values.Select(port => port.DeepClone().AsObject()).ToArray());

    /// <summary>How many ports are so, none of which is copied.</summary>
    public int CountPorts(Func<JsonObject, bool> isSo) => Locked(() => ports.Values.Count(isSo));

    /// <returns>Its id.</returns>
    public string AddNetwork(string name = "net", Action<JsonObject>? edit = null) => Edit(() => Add("Network", networks, new()
    {
        ["name"] = name,
        ["admin_state_up"] = true,
        ["mtu"] = 1450,
        ["status"] = "ACTIVE",
        ["subnets"] = new JsonArray(),
        ["shared"] = false,
        ["router:external"] = false,
        ["description"] = "",
        ["port_security_enabled"] = true,
        ["qos_policy_id"] = null,
        ["dns_domain"] = "",
        ["provider:network_type"] = "vxlan",
        ["provider:physical_network"] = null,
        ["provider:segmentation_id"] = ++segments,
    }, edit));

    /// <returns>Its id.</returns>
    public string AddSubnet(string network, string cidr = "10.10.0.0/24", Action<JsonObject>? edit = null) => Edit(() =>
    {
        var range = IPNetwork.Parse(cidr);
        var id = Add("Subnet", subnets, new()
        {
            ["name"] = "",
            ["network_id"] = network,
            ["ip_version"] = range.BaseAddress.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork ? 4 : 6,
            ["cidr"] = cidr,
            ["gateway_ip"] = At(range.BaseAddress, 1),
            ["allocation_pools"] = new JsonArray(new JsonObject { ["start"] = At(range.BaseAddress, 2), ["end"] = At(range.BaseAddress, 254) }),
            ["enable_dhcp"] = true,
            ["ipv6_ra_mode"] = null,
            ["ipv6_address_mode"] = null,
            ["dns_nameservers"] = new JsonArray(),
            ["host_routes"] = new JsonArray(),
            ["service_types"] = new JsonArray(),
            ["description"] = "",
        }, edit);
        networks[network]["subnets"]!.AsArray().Add(id);
        return id;
    });

    /// <summary>A server's port, bound to the host by nova; with an address of every subnet.</summary>
    /// <param name="host">Empty for a port that nobody has plugged in yet.</param>
    /// <returns>Its id.</returns>
    public string AddPort(string network, string host = "", Action<JsonObject>? edit = null) => Edit(() =>
    {
        var port = NewPort(network, host, host.Length > 0 ? "compute:nova" : "", host.Length > 0 ? NewId() : "");
        port["fixed_ips"] = List(networks[network]["subnets"]!.AsArray().Where(subnet => Serves(subnets[(string)subnet!], (string)port["device_owner"]!)).Select(subnet => Allocate((string)subnet!)));
        edit?.Invoke(port);
        ports[(string)port["id"]!] = port;
        Changed("Port", port);
        Members(port);
        PortUpdate(port);
        return (string)port["id"]!;
    });

    public void EditNetwork(string id, Action<JsonObject> edit) => Change("Network", networks, id, edit);

    public void EditSubnet(string id, Action<JsonObject> edit) => Change("Subnet", subnets, id, edit);

    public void EditSecurityGroup(string id, Action<JsonObject> edit) => Change("SecurityGroup", groups, id, edit);

    public void EditAddressGroup(string id, Action<JsonObject> edit) => Change("AddressGroup", addressGroups, id, edit);

    public void EditQosPolicy(string id, Action<JsonObject> edit) => Change("QosPolicy", policies, id, edit);

    /// <summary>As a PUT: a port that is bound is told by cast and push, one that is not by push alone (neutron/plugins/ml2/plugin.py: _notify_port_updated).</summary>
    public void EditPort(string id, Action<JsonObject> edit) => Edit(() =>
    {
        var port = ports[id];
        var before = MemberOf(port);
        edit(port);
        Revise(port);
        Changed("Port", port);
        // db/securitygroups_rpc_base.py: check_and_notify_security_group_member_changed: of address pairs nobody is told here.
        if (MemberOf(port) != before)
        {
            Members(port);
        }

        PortUpdate(port);
        return 0;

        static string MemberOf(JsonObject port) => $"{port["security_groups"]?.ToJsonString()} {port["fixed_ips"]?.ToJsonString()}";
    });

    /// <summary>nova binds the port to a host.</summary>
    public void BindPort(string id, string host) => EditPort(id, port =>
    {
        port["binding:host_id"] = host;
        port["binding:vif_type"] = "ovs";
        port["device_owner"] = "compute:nova";
        port["device_id"] = NewId();
        port["status"] = "DOWN";
    });

    /// <summary>nova lets go of a port that a tenant made.</summary>
    public void UnbindPort(string id) => EditPort(id, port =>
    {
        port["binding:host_id"] = "";
        port["binding:vif_type"] = "unbound";
        port["device_owner"] = "";
        port["device_id"] = "";
        port["status"] = "DOWN";
    });

    /// <summary>A live migration prepares the other end.</summary>
    public void AddInactiveBinding(string id, string host) => EditPort(id, _ => inactive.TryAdd(id, [host]));

    /// <summary>The migrated server runs at the other end.</summary>
    public void ActivateBinding(string id, string host) => Edit(() =>
    {
        var port = ports[id];
        inactive[id] = [(string)port["binding:host_id"]!];
        port["binding:host_id"] = host;
        Revise(port);
        telling.Add(new("q-agent-notifier-binding-deactivate", "binding_deactivate", new(1, 5), new() { ["port_id"] = id, ["host"] = inactive[id][0], ["network_id"] = port["network_id"]!.DeepClone() }));
        telling.Add(new("q-agent-notifier-binding-activate", "binding_activate", new(1, 5), new() { ["port_id"] = id, ["host"] = host }));
        Changed("Port", port);
        return 0;
    });

    public void DeletePort(string id) => Edit(() =>
    {
        RemovePort(ports[id]);
        return 0;
    });

    public void DeleteNetwork(string id) => Edit(() =>
    {
        foreach (var subnet in subnets.Where(subnet => Is(subnet.Value, "network_id", id)).Select(subnet => subnet.Key).ToList())
        {
            Remove("Subnet", subnets, subnet);
        }

        foreach (var port in ports.Values.Where(port => Is(port, "network_id", id)).ToList())
        {
            RemovePort(port);
        }

        Remove("Network", networks, id);
        telling.Add(new("q-agent-notifier-network-delete", "network_delete", new(1, 0), new() { ["network_id"] = id }));
        return 0;
    });

    public void DeleteSubnet(string id) => Edit(() =>
    {
        var of = networks[(string)subnets[id]["network_id"]!]["subnets"]!.AsArray();
        of.Remove(of.First(subnet => (string)subnet! == id));
        Remove("Subnet", subnets, id);
        return 0;
    });

    public string AddSecurityGroup(string name = "web", Action<JsonObject>? edit = null) => Edit(() => Add("SecurityGroup", groups, new()
    {
        ["name"] = name, ["description"] = "", ["stateful"] = true, ["shared"] = false, ["is_default"] = false,
    }, edit));

    public string AddRule(string group, Action<JsonObject>? edit = null) => Edit(() =>
    {
        var id = Add("SecurityGroupRule", rules, new()
        {
            ["security_group_id"] = group, ["direction"] = "ingress", ["ethertype"] = "IPv4", ["protocol"] = null, ["port_range_min"] = null,
            ["port_range_max"] = null, ["remote_ip_prefix"] = null, ["remote_group_id"] = null, ["remote_address_group_id"] = null, ["description"] = "",
        }, edit);
        RulesChanged(group);
        return id;
    });

    public void DeleteRule(string id) => Edit(() =>
    {
        var group = (string)rules[id]["security_group_id"]!;
        Remove("SecurityGroupRule", rules, id);
        RulesChanged(group);
        return 0;
    });

    public void DeleteSecurityGroup(string id) => Edit(() =>
    {
        foreach (var rule in rules.Where(rule => Is(rule.Value, "security_group_id", id)).Select(rule => rule.Key).ToList())
        {
            // No push for each of them (securitygroups_rpc.py: _clear_child_sg_rules).
            rules.Remove(rule);
        }

        Remove("SecurityGroup", groups, id);
        return 0;
    });

    public string AddAddressGroup(params string[] addresses) => Edit(() => Add("AddressGroup", addressGroups, new()
    {
        ["name"] = "ag", ["description"] = "", ["shared"] = false, ["addresses"] = List(addresses.Select(address => (JsonNode)address)),
    }, null));

    public string AddQosPolicy(Action<JsonObject>? edit = null) => Edit(() => Add("QosPolicy", policies, new()
    {
        ["name"] = "gold", ["description"] = "", ["shared"] = false, ["is_default"] = false, ["rules"] = new JsonArray(),
    }, edit));

    /// <param name="port">That carries it.</param>
    /// <param name="subPorts">Port and VLAN each.</param>
    public string AddTrunk(string port, params (string Port, int Vlan)[] subPorts) => Edit(() => Add("Trunk", trunks, new()
    {
        ["name"] = "trunk", ["description"] = "", ["port_id"] = port, ["admin_state_up"] = true, ["status"] = "DOWN",
        ["sub_ports"] = List(subPorts.Select(sub => new JsonObject { ["port_id"] = sub.Port, ["segmentation_type"] = "vlan", ["segmentation_id"] = sub.Vlan })),
    }, edit: null));

    public void DeleteTrunk(string id) => Edit(() =>
    {
        Remove("Trunk", trunks, id);
        return 0;
    });

    JsonObject NewPort(string network, string host, string owner, string? device) => new()
    {
        ["id"] = NewId(),
        ["name"] = "",
        ["project_id"] = ProjectId,
        ["network_id"] = network,
        ["mac_address"] = $"fa:16:3e:00:{++macs / 256:x2}:{macs % 256:x2}",
        ["admin_state_up"] = true,
        ["status"] = "DOWN",
        ["device_id"] = device,
        ["device_owner"] = owner,
        ["fixed_ips"] = new JsonArray(),
        ["allowed_address_pairs"] = new JsonArray(),
        ["extra_dhcp_opts"] = new JsonArray(),
        ["security_groups"] = new JsonArray(),
        ["description"] = "",
        ["binding:vnic_type"] = "normal",
        ["binding:profile"] = new JsonObject(),
        ["binding:host_id"] = host,
        ["binding:vif_type"] = host.Length > 0 ? "ovs" : "unbound",
        ["binding:vif_details"] = new JsonObject { ["connectivity"] = "l2", ["port_filter"] = true, ["bridge_name"] = "br-int" },
        ["port_security_enabled"] = true,
        ["qos_policy_id"] = null,
        ["qos_network_policy_id"] = null,
        ["dns_name"] = "",
        ["revision_number"] = 1,
    };

    string Add(string type, Dictionary<string, JsonObject> all, JsonObject item, Action<JsonObject>? edit)
    {
        item["id"] = NewId();
        item["project_id"] = ProjectId;
        item["revision_number"] = 0;
        edit?.Invoke(item);
        var id = (string)item["id"]!;
        all[id] = item;
        Changed(type, item);
        return id;
    }

    void Change(string type, Dictionary<string, JsonObject> all, string id, Action<JsonObject> edit) => Edit(() =>
    {
        edit(all[id]);
        Revise(all[id]);
        Changed(type, all[id]);
        return 0;
    });

    void Remove(string type, Dictionary<string, JsonObject> all, string id)
    {
        all.Remove(id);
        Push(type, Wrap(type, new() { ["id"] = id }), "deleted");
    }

    void RemovePort(JsonObject port)
    {
        var id = (string)port["id"]!;
        Members(port);
        Remove("Port", ports, id);
        telling.Add(new("q-agent-notifier-port-delete", "port_delete", new(1, 0), new() { ["port_id"] = id }));
        LeaveRouters(id);
    }

    static void Revise(JsonObject item) => item["revision_number"] = item["revision_number"]!.GetValue<int>() + 1;

    void Changed(string type, JsonObject item) => Push(type, Object(type, item), "updated");

    void Push(string type, JsonObject item, string what) => telling.Add(new(
        $"neutron-vo-{type}-{Versions[type]}", "push", new(1, 1), new() { ["resource_list"] = new JsonArray(item), ["event_type"] = what }));

    void PortUpdate(JsonObject port)
    {
        if ((string)port["binding:host_id"]! is { Length: > 0 } && networks.TryGetValue((string)port["network_id"]!, out var network))
        {
            telling.Add(new("q-agent-notifier-port-update", "port_update", new(1, 0), new()
            {
                ["port"] = port.DeepClone(), ["network_type"] = network["provider:network_type"]?.DeepClone(),
                ["segmentation_id"] = network["provider:segmentation_id"]?.DeepClone(), ["physical_network"] = network["provider:physical_network"]?.DeepClone(),
            }));
        }
    }

    void Members(JsonObject port) => Group("security_groups_member_updated", port["security_groups"]!.AsArray());

    void RulesChanged(string group) => Group("security_groups_rule_updated", [group]);

    void Group(string method, JsonArray ids)
    {
        if (ids.Count > 0)
        {
            telling.Add(new("q-agent-notifier-security_group-update", method, new(1, 1), new() { ["security_groups"] = ids.DeepClone() }));
        }
    }

    /// <summary>neutron/objects/subnet.py: query_filter_service_subnets.</summary>
    static bool Serves(JsonObject subnet, string owner) => subnet["service_types"]!.AsArray() is var types
        && (types.Count == 0 || types.Any(type => (string?)type == owner) || (owner == "network:dhcp" && (bool)subnet["enable_dhcp"]!));

    JsonObject Allocate(string subnet)
    {
        var taken = ports.Values.SelectMany(port => port["fixed_ips"]!.AsArray()).Select(ip => (string)ip!["ip_address"]!).ToHashSet();
        var first = IPAddress.Parse((string)subnets[subnet]["allocation_pools"]![0]!["start"]!);
        var address = Enumerable.Range(0, 65536).Select(step => At(first, step)).First(candidate => !taken.Contains(candidate));
        return new() { ["subnet_id"] = subnet, ["ip_address"] = address };
    }

    JsonObject? Shown(Dictionary<string, JsonObject> all, string id) => Locked(() => all.GetValueOrDefault(id)?.DeepClone().AsObject());

    static string At(IPAddress start, int step)
    {
        var bytes = (new BigInteger(start.GetAddressBytes(), isUnsigned: true, isBigEndian: true) + step).ToByteArray(isUnsigned: true, isBigEndian: true);
        var length = start.GetAddressBytes().Length;
        return new IPAddress([.. new byte[length - bytes.Length], .. bytes]).ToString();
    }
}
