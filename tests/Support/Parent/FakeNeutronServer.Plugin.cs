using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.Support.Parent;

public sealed partial class FakeNeutronServer
{
    readonly List<string> novaEvents = [];

    /// <summary>Events that nova was sent, as <c>network-vif-plugged port server</c> (neutron/notifiers/nova.py).</summary>
    public IReadOnlyList<string> NovaEvents => Locked(() => novaEvents.ToArray());

    /// <summary>neutron/api/rpc/handlers/metadata_rpc.py: MetadataRpcCallback.get_ports.</summary>
    JsonArray GetPorts(FakeNeutronCall call) => Filtered(call, ports.Values);

    JsonArray GetNetworks(FakeNeutronCall call)
    {
        var found = Filtered(call, networks.Values);
        return call.Arguments["fields"] is JsonArray { Count: > 0 } fields
            ? List(found.Select(network => Only(network!.AsObject(), [.. fields.Select(field => (string)field!)])))
            : found;
    }

    JsonNode? GetNetworkInfo(FakeNeutronCall call)
    {
        if (!networks.TryGetValue(call.Text("network_id"), out var network))
        {
            return null;
        }

        var info = network.DeepClone().AsObject();
        info["subnets"] = List(subnets.Values.Where(subnet => Is(subnet, "network_id", network["id"])));
        info["ports"] = List(ports.Values.Where(port => Is(port, "network_id", network["id"])));
        return info;
    }

    /// <summary>neutron/plugins/ml2/rpc.py: RpcCallbacks.update_device_up, update_device_down.</summary>
    JsonObject UpdateDevices(FakeNeutronCall call)
    {
        var host = call.Text("host");
        var down = new JsonArray();
        foreach (var id in call.Texts("devices_up").Where(id => ports.ContainsKey(id)))
        {
            SetStatus(ports[id], host, "ACTIVE");
        }

        foreach (var id in call.Texts("devices_down"))
        {
            down.Add(new JsonObject { ["device"] = id, ["exists"] = ports.ContainsKey(id) });
            if (ports.TryGetValue(id, out var port))
            {
                SetStatus(port, host, "DOWN");
            }
        }

        return new()
        {
            ["devices_up"] = List(call.Arguments["devices_up"]!.AsArray()),
            ["failed_devices_up"] = new JsonArray(),
            ["devices_down"] = down,
            ["failed_devices_down"] = new JsonArray(),
        };
    }

    /// <summary>A write, as natively: what is bound here and found is set to BUILD (neutron/plugins/ml2/rpc.py: _get_new_status).</summary>
    JsonObject Details(FakeNeutronCall call)
    {
        var host = call.Text("host");
        var devices = new JsonArray();
        foreach (var id in call.Texts("devices"))
        {
            var bound = ports.TryGetValue(id, out var port) && Is(port, "binding:host_id", host);
            if (bound)
            {
                SetStatus(port!, host, port!["admin_state_up"]!.GetValue<bool>() ? "BUILD" : "DOWN");
            }

            devices.Add(port is null ? new JsonObject { ["device"] = id }
                : !bound ? new JsonObject { ["device"] = id, ["no_active_binding"] = true }
                : new JsonObject
                {
                    ["device"] = id,
                    ["port_id"] = id,
                    ["network_id"] = port["network_id"]!.DeepClone(),
                    ["mac_address"] = port["mac_address"]!.DeepClone(),
                    ["admin_state_up"] = port["admin_state_up"]!.DeepClone(),
                    ["fixed_ips"] = port["fixed_ips"]!.DeepClone(),
                    ["device_owner"] = port["device_owner"]!.DeepClone(),
                });
        }

        return new() { ["devices"] = devices, ["failed_devices"] = new JsonArray() };
    }

    void SetStatus(JsonObject port, string host, string status)
    {
        var before = (string)port["status"]!;
        if (!Is(port, "binding:host_id", host) || before == status)
        {
            return;
        }

        port["status"] = status;
        Changed("Port", port);
        PortUpdate(port);
        if (((string?)port["device_owner"])?.StartsWith("compute:", StringComparison.Ordinal) == true && Guid.TryParse((string?)port["device_id"], out _))
        {
            if (status == "ACTIVE")
            {
                novaEvents.Add($"network-vif-plugged {port["id"]} {port["device_id"]}");
            }
            else if (before == "ACTIVE" && status == "DOWN")
            {
                novaEvents.Add($"network-vif-unplugged {port["id"]} {port["device_id"]}");
            }
        }
    }

    /// <summary>neutron/api/rpc/handlers/dhcp_rpc.py: create_dhcp_port: a port like any other, made anew for every call.</summary>
    JsonNode? CreateDhcpPort(FakeNeutronCall call)
    {
        var wanted = call.Arguments["port"]!["port"]!.AsObject();
        if (!networks.ContainsKey((string)wanted["network_id"]!))
        {
            return null;
        }

        if (wanted["fixed_ips"]!.AsArray().Select(ip => (string)ip!["subnet_id"]!).FirstOrDefault(subnet => !Serves(subnets[subnet], "network:dhcp")) is { } refused)
        {
            // db/ipam_pluggable_backend.py: _get_subnet_for_fixed_ip.
            throw new RpcFault("neutron_lib.exceptions", "InvalidInput", $"Invalid input for operation: Failed to create port on network {wanted["network_id"]}, because fixed_ips included invalid subnet {refused}.");
        }

        var port = NewPort((string)wanted["network_id"]!, call.Text("host"), "network:dhcp", (string?)wanted["device_id"]);
        port["fixed_ips"] = List(wanted["fixed_ips"]!.AsArray().Select(ip => Allocate((string)ip!["subnet_id"]!)));
        port["port_security_enabled"] = false;
        port["security_groups"] = new JsonArray();
        ports[(string)port["id"]!] = port;
        Changed("Port", port);
        PortUpdate(port);
        return port;
    }

    JsonNode? ReleaseDhcpPort(FakeNeutronCall call)
    {
        foreach (var port in ports.Values.Where(port => Is(port, "network_id", call.Text("network_id")) && Is(port, "device_id", call.Text("device_id"))).ToList())
        {
            RemovePort(port);
        }

        return null;
    }

    JsonObject BindSubPorts(FakeNeutronCall call)
    {
        var bound = new JsonObject();
        foreach (var wanted in call.Arguments["subports"]!.AsArray())
        {
            var trunk = trunks[(string)wanted!["trunk_id"]!];
            var port = ports[(string)wanted["port_id"]!];
            trunk["status"] = "BUILD";
            port["binding:host_id"] = ports[(string)trunk["port_id"]!]["binding:host_id"]!.DeepClone();
            port["binding:vif_type"] = "ovs";
            port["device_owner"] = "trunk:subport";
            Changed("Port", port);
            var list = bound[(string)trunk["id"]!] as JsonArray ?? [];
            list.Add(port.DeepClone());
            bound[(string)trunk["id"]!] = list.Parent is null ? list : list.DeepClone();
        }

        return bound;
    }

    JsonNode? SetTrunkStatus(FakeNeutronCall call)
    {
        var trunk = trunks.GetValueOrDefault(call.Text("trunk_id"))
            ?? throw new RpcFault("neutron.services.trunk.exceptions", "TrunkNotFound", $"Trunk {call.Text("trunk_id")} could not be found.");
        trunk["status"] = call.Text("status");
        return null;
    }

    /// <summary>A query without administrator's rights is scoped to the project of the context, and ours has none.</summary>
    static JsonArray Filtered(FakeNeutronCall call, IEnumerable<JsonObject> all) =>
        call.Context.IsAdmin ? List(all.Where(item => Fits(item, call.Arguments["filters"] as JsonObject ?? []))) : [];

    static bool Fits(JsonObject item, JsonObject filters) => filters.All(filter => filter.Value!.AsArray() is var values && (item[filter.Key] switch
    {
        JsonArray own => own.Any(mine => values.Any(value => JsonNode.DeepEquals(mine, value))),
        var own => values.Any(value => JsonNode.DeepEquals(own, value)),
    }));

    static bool Is(JsonObject item, string field, JsonNode? value) => JsonNode.DeepEquals(item[field], value);
}
