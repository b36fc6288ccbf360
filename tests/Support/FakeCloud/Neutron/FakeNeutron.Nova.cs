using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What Nova does with ports (nova/network/neutron.py).</summary>
public sealed partial class FakeNeutron
{
    // Ports whose guest runs: an agent would see their device.
    private readonly HashSet<string> plugged = new(StringComparer.Ordinal);

    /// <summary>What Nova's API looks at before it takes a server (nova/network/neutron.py: _ports_needed_per_instance); in the asker's own eyes.</summary>
    internal void CheckRequests(FakeCall call, JsonNode? networks)
    {
        if (networks is JsonValue word && (string?)word is "none")
        {
            return;
        }

        var needed = 0;
        if (networks is not JsonArray { Count: > 0 } list)
        {
            var all = Available(call);
            if (all.Count > 1)
            {
                throw new FakeRefusal(409, "Multiple possible networks found, use a Network ID to be more specific.");
            }

            if (all.Count is 0 && networks is JsonValue)
            {
                throw new FakeRefusal(400, $"Unable to automatically allocate a network for project {call.ProjectId}");
            }

            needed = all.Count;
        }
        else
        {
            needed = list.Count(request => request!["port"] is null);
            foreach (var request in list)
            {
                CheckRequest(call, request!, 400);
            }
        }

        if (needed > 0 && Limit(call.ProjectId, "port") is >= 0 and var limit
            && collections["ports"].Items.Values.Count(port => port.ProjectId == call.ProjectId) + needed > limit)
        {
            throw new FakeRefusal(403, "Maximum number of ports exceeded");
        }
    }

    internal void CheckRequest(FakeCall call, JsonNode request, int missing)
    {
        if ((string?)request["port"] is { } id)
        {
            if (!collections["ports"].Items.TryGetValue(id, out var port) || !Sees(call, collections["ports"], port))
            {
                throw new FakeRefusal(missing, $"Port id {id} could not be found.");
            }

            if (port.Text("device_id").Length > 0)
            {
                throw new FakeRefusal(409, $"Port {id} is still in use.");
            }

            if (port.Text("ip_allocation") is not "none" && !port.List("fixed_ips").Any())
            {
                throw new FakeRefusal(400, $"Port {id} requires a FixedIP in order to be used.");
            }

            return;
        }

        var wanted = (string?)request["uuid"] ?? "";
        if (!collections["networks"].Items.TryGetValue(wanted, out var network) || !Sees(call, collections["networks"], network))
        {
            throw new FakeRefusal(missing, $"Network {wanted} could not be found.");
        }

        if (!SubnetsOf(wanted).Any())
        {
            throw new FakeRefusal(400, $"Network {wanted} requires a subnet in order to boot instances on.");
        }

        if ((string?)request["fixed_ip"] is { } ip && PortsOn(wanted).Any(port => port.List("fixed_ips").Any(one => (string?)one["ip_address"] == ip)))
        {
            throw new FakeRefusal(missing is 400 ? 400 : 409, $"Fixed IP {ip} is already in use.");
        }
    }

    /// <summary>Gives a server its ports and binds them to its host: <c>allocate_for_instance</c>. Refuses as the compute would fail.</summary>
    internal void AllocateFor(FakeCall call, FakeServer server, JsonNode? networks)
    {
        var requests = networks switch
        {
            JsonValue word when (string?)word is "none" => [],
            JsonArray { Count: > 0 } list => list.Select(request => request!).ToList(),
            _ => Available(call).Select(network => (JsonNode)new JsonObject { ["uuid"] = network.Id }).ToList(),
        };
        foreach (var request in requests)
        {
            Attach(call, server, request);
        }
    }

    internal FakeNetworkItem Attach(FakeCall call, FakeServer server, JsonNode request)
    {
        FakeNetworkItem port;
        if ((string?)request["port"] is { } id)
        {
            port = collections["ports"].Items.GetValueOrDefault(id) ?? throw new FakeRefusal(404, $"Port id {id} could not be found.");
            if (port.ProjectId != server.ProjectId)
            {
                throw new FakeRefusal(400, $"Port {id} not usable for instance {server.Id}.");
            }

            if (port.Text("device_id").Length > 0)
            {
                throw new FakeRefusal(409, $"Port {id} is still in use.");
            }

            if (port.Text("dns_name") is { Length: > 0 } name && name != server.Hostname)
            {
                throw new FakeRefusal(
                    400, $"Port {id} not usable for instance {server.Id}. Value {name} assigned to dns_name attribute does not match instance's hostname {server.Hostname}");
            }
        }
        else
        {
            port = Create(call, collections["ports"], Wanted(server, request));
            server.OwnPorts.Add(port.Id);
        }

        Unindex(collections["ports"], port);
        (port["device_id"], port["device_owner"], port["status"]) = (server.Id, "compute:nova", "DOWN");
        if (Has("dns-integration"))
        {
            port["dns_name"] = server.Hostname;
        }

        Bind(port, server.Host ?? "");
        Index(collections["ports"], port);
        Save(port);
        server.Ports.Add(port.Id);
        // _ensure_no_port_binding_failure.
        return port.Text("binding:vif_type") is "binding_failed"
            ? throw new FakeRefusal(500, $"Binding failed for port {port.Id}, please check neutron logs for more information.")
            : port;
    }

    /// <summary>The guest runs, or does not any more: <c>ACTIVE</c> or <c>DOWN</c>, as the agent of its host would say.</summary>
    internal void Plug(FakeServer server, bool runs)
    {
        foreach (var port in server.Ports.Select(id => collections["ports"].Items.GetValueOrDefault(id)).OfType<FakeNetworkItem>())
        {
            if (runs)
            {
                plugged.Add(port.Id);
            }
            else
            {
                plugged.Remove(port.Id);
            }

            SetStatus(port, runs && port.Is("admin_state_up") ? "ACTIVE" : "DOWN");
        }
    }

    /// <summary>What Nova made is deleted, what it was given is let go: <c>deallocate_for_instance</c>.</summary>
    internal void Deallocate(FakeServer server, string? only = null)
    {
        foreach (var id in server.Ports.Where(id => only is null || id == only).ToList())
        {
            server.Ports.Remove(id);
            plugged.Remove(id);
            if (!collections["ports"].Items.TryGetValue(id, out var port))
            {
                continue;
            }

            if (server.OwnPorts.Remove(id))
            {
                Drop(collections["ports"], port);
            }
            else
            {
                Release(port);
            }
        }
    }

    internal JsonObject AddressesOf(FakeServer server)
    {
        var addresses = new JsonObject();
        foreach (var port in server.Ports.Select(id => collections["ports"].Items.GetValueOrDefault(id)).OfType<FakeNetworkItem>())
        {
            var label = collections["networks"].Items.GetValueOrDefault(port.Text("network_id"))?.Text("name") ?? "";
            var list = addresses[label] as JsonArray ?? [];
            addresses[label] = list;
            foreach (var ip in port.List("fixed_ips"))
            {
                var address = (string)ip["ip_address"]!;
                list.Add(new JsonObject
                {
                    ["version"] = address.Contains(':', StringComparison.Ordinal) ? 6 : 4, ["addr"] = address, ["OS-EXT-IPS:type"] = "fixed",
                    ["OS-EXT-IPS-MAC:mac_addr"] = port.Text("mac_address"),
                });
            }
        }

        return addresses;
    }

    // nova/api/openstack/compute/attach_interfaces.py: _translate_interface_attachment_view.
    internal JsonObject? InterfaceOf(string portId) => collections["ports"].Items.GetValueOrDefault(portId) is { } port
        ? new JsonObject
        {
            ["net_id"] = port.Text("network_id"), ["port_id"] = port.Id, ["mac_addr"] = port.Text("mac_address"), ["port_state"] = port.Text("status"),
            ["fixed_ips"] = port["fixed_ips"]?.DeepClone(),
        }
        : null;

    private void Release(FakeNetworkItem port)
    {
        Unindex(collections["ports"], port);
        (port["device_id"], port["device_owner"], port["status"]) = ("", "", "DOWN");
        Bind(port, "");
        Index(collections["ports"], port);
        Save(port);
        TrunkFollows(port, "DOWN");
    }

    private JsonObject Wanted(FakeServer server, JsonNode request)
    {
        var network = Existing("networks", (string)request["uuid"]!);
        var asked = new JsonObject { ["network_id"] = network.Id, ["project_id"] = server.ProjectId, ["device_id"] = server.Id, ["device_owner"] = "compute:nova" };
        if ((string?)request["fixed_ip"] is { } ip)
        {
            asked["fixed_ips"] = new JsonArray(new JsonObject { ["ip_address"] = ip });
        }

        var named = (server.Asked["server"]?["security_groups"] as JsonArray ?? []).Select(group => (string?)group!["name"]).Where(name => name is not "default").ToList();
        if (named.Count > 0)
        {
            asked["security_groups"] = new JsonArray([.. collections["security-groups"].Items.Values
                .Where(group => group.ProjectId == server.ProjectId && (named.Contains(group.Text("name")) || named.Contains(group.Id))).Select(group => JsonValue.Create(group.Id))]);
        }

        return asked;
    }

    private List<FakeNetworkItem> Available(FakeCall call) =>
        [.. collections["networks"].Items.Values.Where(network => network.ProjectId == call.ProjectId || IsShared("network", network.Id, "*"))];
}
