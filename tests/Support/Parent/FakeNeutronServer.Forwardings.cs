using System.Text.Json.Nodes;

namespace Cascade.Support.Parent;

/// <summary>
/// What is told by push alone: forwarded ports (neutron/services/portforwarding/pf_plugin.py), conntrack helpers and NDP proxies. Unlike others these are
/// <c>created</c> and, when they are deleted, pushed whole.
/// </summary>
public sealed partial class FakeNeutronServer
{
    readonly Dictionary<string, JsonObject> forwardings = [];
    readonly Dictionary<string, JsonObject> helpers = [];
    readonly Dictionary<string, JsonObject> proxies = [];

    public JsonObject? PortForwarding(string id) => Shown(forwardings, id);

    /// <param name="floatingIp">Not associated with a port.</param>
    /// <param name="port">Behind a router that has its gateway on the network of the floating IP, which becomes the router's.</param>
    /// <returns>Its id.</returns>
    public string AddPortForwarding(string floatingIp, string port, int external, int inside, string protocol = "tcp", Action<JsonObject>? edit = null) => Edit(() =>
    {
        var floating = floatingIps[floatingIp];
        Refuse(floating["port_id"] is not null, $"Floating IP {floatingIp} is associated with a port.");
        var fixedIp = ports[port]["fixed_ips"]!.AsArray().First(ip => !IsSix((string)ip!["subnet_id"]!))!;
        floating["router_id"] ??= RouterBetween((string)fixedIp["subnet_id"]!, (string)floating["floating_network_id"]!);
        return Create("PortForwarding", forwardings, new()
        {
            ["id"] = NewId(),
            ["floatingip_id"] = floatingIp,
            ["external_port"] = external,
            ["external_port_range"] = $"{external}:{external}",
            ["protocol"] = protocol,
            ["internal_port_id"] = port,
            ["internal_ip_address"] = fixedIp["ip_address"]!.DeepClone(),
            ["internal_port"] = inside,
            ["internal_port_range"] = $"{inside}:{inside}",
            ["floating_ip_address"] = floating["floating_ip_address"]!.DeepClone(),
            ["router_id"] = floating["router_id"]!.DeepClone(),
            ["description"] = "",
            ["revision_number"] = 0,
        }, edit);
    });

    public void EditPortForwarding(string id, Action<JsonObject> edit) => Edit(() =>
    {
        edit(forwardings[id]);
        Revise(forwardings[id]);
        Changed("PortForwarding", forwardings[id]);
        return 0;
    });

    /// <summary>After the last one the floating IP is no router's any more; no router is told.</summary>
    public void DeletePortForwarding(string id) => Edit(() =>
    {
        RemoveForwarding(forwardings[id]);
        return 0;
    });

    /// <returns>Its id.</returns>
    public string AddConntrackHelper(string router, string protocol = "udp", int port = 69, string helper = "tftp") => Edit(() => Create("ConntrackHelper", helpers, new()
    {
        ["id"] = NewId(), ["router_id"] = router, ["protocol"] = protocol, ["port"] = port, ["helper"] = helper,
    }, edit: null));

    public void DeleteConntrackHelper(string id) => Edit(() => Destroy("ConntrackHelper", helpers, id));

    /// <returns>Its id.</returns>
    public string AddNdpProxy(string router, string port, string address) => Edit(() => Create("NDPProxy", proxies, new()
    {
        ["id"] = NewId(), ["name"] = "", ["project_id"] = ProjectId, ["router_id"] = router, ["port_id"] = port, ["ip_address"] = address, ["description"] = "", ["revision_number"] = 0,
    }, edit: null));

    public void DeleteNdpProxy(string id) => Edit(() => Destroy("NDPProxy", proxies, id));

    string Create(string type, Dictionary<string, JsonObject> all, JsonObject item, Action<JsonObject>? edit)
    {
        edit?.Invoke(item);
        var id = (string)item["id"]!;
        all[id] = item;
        Push(type, Object(type, item), "created");
        return id;
    }

    bool Destroy(string type, Dictionary<string, JsonObject> all, string id)
    {
        Push(type, Object(type, all[id]), "deleted");
        return all.Remove(id);
    }

    void RemoveForwarding(JsonObject forwarding)
    {
        var floatingIp = forwarding["floatingip_id"];
        Destroy("PortForwarding", forwardings, (string)forwarding["id"]!);
        if (!forwardings.Values.Any(one => Is(one, "floatingip_id", floatingIp)))
        {
            floatingIps[(string)floatingIp!]["router_id"] = null;
        }
    }
}
