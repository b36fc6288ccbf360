using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Where a port is: bindings and status (neutron/plugins/ml2/plugin.py: _process_port_binding, create_port_binding, activate).</summary>
public sealed partial class FakeNeutron
{
    private readonly Dictionary<string, Dictionary<string, JsonObject>> inactive = new(StringComparer.Ordinal);

    private void SetStatus(FakeNetworkItem port, string status)
    {
        if (port.Text("status") == status)
        {
            return;
        }

        port["status"] = status;
        Save(port);
        TrunkFollows(port, status);
    }

    private void Rebind(FakeNetworkItem port, JsonObject asked)
    {
        var moved = asked.ContainsKey("binding:host_id") && ((string?)asked["binding:host_id"] ?? "") != port.Text("binding:host_id");
        var changed = moved
            || (asked["binding:vnic_type"] is { } kind && (string?)kind != port.Text("binding:vnic_type"))
            || (asked.ContainsKey("binding:profile") && !JsonNode.DeepEquals(asked["binding:profile"] ?? new JsonObject(), port["binding:profile"]));
        if (asked.ContainsKey("binding:host_id"))
        {
            asked["binding:host_id"] = (string?)asked["binding:host_id"] ?? "";
        }

        if (asked.ContainsKey("binding:profile"))
        {
            asked["binding:profile"] = asked["binding:profile"]?.DeepClone() ?? new JsonObject();
        }

        if (changed)
        {
            port["status"] = "DOWN";
            Bind(port, (string?)asked["binding:host_id"] ?? port.Text("binding:host_id"));
        }
        else if (asked["admin_state_up"] is { } up && (bool)up != port.Is("admin_state_up") && port.Text("binding:vif_type") is not ("unbound" or "binding_failed"))
        {
            // ovs_neutron_agent.py: treat_vif_port reports a port that is switched off down.
            port["status"] = (bool)up && plugged.Contains(port.Id) ? "ACTIVE" : "DOWN";
        }
    }

    private void Bind(FakeNetworkItem port) => Bind(port, port.Text("binding:host_id"));

    private void Bind(FakeNetworkItem port, string host)
    {
        port["binding:host_id"] = host;
        (port["binding:vif_type"], port["binding:vif_details"]) = Bound(host);
    }

    private (string Type, JsonObject Details) Bound(string host)
    {
        if (host.Length is 0)
        {
            return ("unbound", []);
        }

        // mech_agent.py: bind_port wants an agent of the driver's type on the host that is alive.
        var agent = collections["agents"].Items.Values.FirstOrDefault(one =>
            one.Text("host") == host && one.Text("agent_type") is "Open vSwitch agent" or "OVN Controller agent" && one.Text("host") == host && one.Is("alive"));
        return agent is null && !host.StartsWith("ctl", StringComparison.Ordinal)
            ? ("binding_failed", [])
            : ("ovs", new JsonObject
            {
                ["port_filter"] = true, ["connectivity"] = "l2", ["bridge_name"] = "br-int", ["datapath_type"] = "system", ["ovs_hybrid_plug"] = false,
            });
    }

    private FakeAnswer Bindings(FakeCall call, FakeNetworkItem port, string[] rest)
    {
        if (!Has("binding-extended"))
        {
            throw new FakeRefusal(404, "The resource could not be found.", "HTTPNotFound");
        }

        if (!call.IsAdmin)
        {
            throw NotAllowed("create_port_binding");
        }

        if (!port.Text("device_owner").StartsWith("compute:", StringComparison.Ordinal))
        {
            throw new FakeRefusal(400, $"Bad port request: Invalid port {port.Id}. Operation only valid on compute ports.", "BadRequest");
        }

        var others = inactive.GetValueOrDefault(port.Id) ?? [];
        switch (call.Method, rest)
        {
            case ("GET", []):
                var all = others.Values.Select(one => one.DeepClone()).Prepend(ActiveBinding(port));
                return FakeAnswer.Json(200, new JsonObject { ["bindings"] = new JsonArray([.. all]) });
            case ("POST", []):
                var asked = Inside(call, "binding");
                var host = (string)asked["host"]!;
                if (host == port.Text("binding:host_id") || others.ContainsKey(host))
                {
                    throw new FakeRefusal(409, $"Binding for port {port.Id} on host {host} already exists.", "PortBindingAlreadyExists");
                }

                var (type, details) = Bound(host);
                if (type is "binding_failed")
                {
                    throw new FakeRefusal(500, $"Binding for port {port.Id} on host {host} could not be created or updated.", "PortBindingError");
                }

                var binding = new JsonObject
                {
                    ["host"] = host, ["status"] = "INACTIVE", ["vnic_type"] = (string?)asked["vnic_type"] ?? "normal", ["vif_type"] = type, ["vif_details"] = details,
                    ["profile"] = asked["profile"]?.DeepClone() ?? new JsonObject(),
                };
                others[host] = binding;
                inactive[port.Id] = others;
                return FakeAnswer.Json(201, new JsonObject { ["binding"] = binding.DeepClone() });
            case ("PUT", [var target, "activate"]):
                if (target == port.Text("binding:host_id"))
                {
                    throw new FakeRefusal(409, $"Binding for port {port.Id} on host {target} is already active.", "PortBindingAlreadyActive");
                }

                if (!others.Remove(target, out var waiting))
                {
                    throw NoBinding(port, target);
                }

                var before = ActiveBinding(port);
                (before["status"], before["vif_type"], before["vif_details"]) = ("INACTIVE", "unbound", new JsonObject());
                others[(string)before["host"]!] = before;
                (port["binding:host_id"], port["binding:profile"], port["status"]) = (target, waiting["profile"]!.DeepClone(), "DOWN");
                Bind(port);
                Save(port);
                return FakeAnswer.Json(200, ActiveBinding(port));
            case ("DELETE", [var gone]):
                if (!others.Remove(gone) && gone == port.Text("binding:host_id"))
                {
                    Bind(port, "");
                    port["status"] = "DOWN";
                    Save(port);
                }

                return FakeAnswer.Empty(204);
            default:
                throw new FakeRefusal(405, "The method is not allowed for this resource.", "HTTPMethodNotAllowed");
        }
    }

    private static FakeRefusal NoBinding(FakeNetworkItem port, string host) =>
        new(404, $"Binding for port {port.Id} for host {host} could not be found.", "PortBindingNotFound");

    private static JsonObject ActiveBinding(FakeNetworkItem port) => new()
    {
        ["host"] = port.Text("binding:host_id"), ["status"] = "ACTIVE", ["vnic_type"] = port.Text("binding:vnic_type"), ["vif_type"] = port.Text("binding:vif_type"),
        ["vif_details"] = port["binding:vif_details"]?.DeepClone(), ["profile"] = port["binding:profile"]?.DeepClone(),
    };
}
