using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Trunks (neutron/services/trunk/plugin.py, services/trunk/rules.py).</summary>
public sealed partial class FakeNeutron
{
    private void TrunkRules()
    {
        var trunks = collections["trunks"];
        trunks.Creating = (call, trunk, _) =>
        {
            var parent = Visible(call, collections["ports"], trunk.Text("port_id"));
            RefuseUsedParent(parent.Id);
            if (parent.Text("binding:host_id").Length > 0)
            {
                // The OVS driver cannot trunk a bound port (services/trunk/drivers/openvswitch/driver.py: can_trunk_bound_port is False).
                throw new FakeRefusal(409, $"Port {parent.Id} is currently in use and is not eligible for use as a parent port.", "ParentPortInUse");
            }

            CheckSubPorts(call, trunk, trunk.List("sub_ports").ToList(), []);
            trunk["status"] = "DOWN";
        };
        trunks.Deleting = (_, trunk) =>
        {
            DemandEnabled(trunk);
            if (collections["ports"].Items.GetValueOrDefault(trunk.Text("port_id"))?.Text("binding:host_id").Length > 0)
            {
                throw new FakeRefusal(409, $"Trunk {trunk.Id} is currently in use.", "TrunkInUse");
            }
        };
    }

    private FakeNetworkItem? TrunkOf(string portId) => collections["trunks"].Items.Values.FirstOrDefault(trunk => trunk.Text("port_id") == portId);

    private FakeNetworkItem? TrunkWith(string portId) =>
        collections["trunks"].Items.Values.FirstOrDefault(trunk => trunk.List("sub_ports").Any(sub => (string?)sub["port_id"] == portId));

    private JsonNode? TrunkDetails(FakeNetworkItem port) => TrunkOf(port.Id) is { } trunk
        ? new JsonObject
        {
            ["trunk_id"] = trunk.Id,
            ["sub_ports"] = new JsonArray([.. trunk.List("sub_ports").Select(sub =>
            {
                var shown = (JsonObject)sub.DeepClone();
                shown["mac_address"] = collections["ports"].Items.GetValueOrDefault((string)sub["port_id"]!)?.Text("mac_address");
                return shown;
            })]),
        }
        : null;

    private void RefuseTrunkPort(FakeNetworkItem port)
    {
        if (TrunkWith(port.Id) is { } carrying)
        {
            throw new FakeRefusal(409, $"Port {port.Id} is currently a subport for trunk {carrying.Id}.", "PortInUseAsSubPort");
        }

        if (TrunkOf(port.Id) is { } trunk)
        {
            throw new FakeRefusal(409, $"Port {port.Id} is currently a parent port for trunk {trunk.Id}.", "PortInUseAsTrunkParent");
        }
    }

    // rules.py: TrunkPortValidator.validate.
    private void RefuseUsedParent(string portId)
    {
        if (TrunkWith(portId) is not null)
        {
            throw new FakeRefusal(409, $"Port {portId} is in use by another trunk.", "TrunkPortInUse");
        }

        if (TrunkOf(portId) is not null)
        {
            throw new FakeRefusal(409, $"Port {portId} is currently in use and is not eligible for use as a parent port.", "ParentPortInUse");
        }
    }

    private void CheckSubPorts(FakeCall call, FakeNetworkItem trunk, List<JsonObject> asked, List<JsonObject> held)
    {
        var networks = collections["networks"].Items;
        var most = (int?)networks[Existing("ports", trunk.Text("port_id")).Text("network_id")]["mtu"] ?? 0;
        var taken = held.Select(Tag).ToHashSet(StringComparer.Ordinal);
        foreach (var sub in asked)
        {
            var id = (string)sub["port_id"]!;
            if (id == trunk.Text("port_id"))
            {
                throw new FakeRefusal(409, $"Port {id} is currently in use and is not eligible for use as a parent port.", "ParentPortInUse");
            }

            var port = Visible(call, collections["ports"], id);
            var network = networks[port.Text("network_id")];
            if ((int?)network["mtu"] > most)
            {
                throw new FakeRefusal(409, $"MTU {network["mtu"]} of subport {id} cannot be greater than MTU {most} of trunk {trunk.Id}.", "SubPortMtuGreaterThanTrunkPortMtu");
            }

            if ((string?)sub["segmentation_type"] is "inherit")
            {
                (sub["segmentation_type"], sub["segmentation_id"]) = (network.Text("provider:network_type"), network["provider:segmentation_id"]?.DeepClone());
            }

            if ((string?)sub["segmentation_type"] is not "vlan" || (int?)sub["segmentation_id"] is not (>= 1 and <= 4094))
            {
                throw Invalid($"Invalid subport details '{sub.ToJsonString()}': missing segmentation information");
            }

            RefuseUsedParent(id);
            if (port.Text("device_id").Length > 0)
            {
                throw new FakeRefusal(
                    409, $"Unable to complete operation on port {id} for network {port.Text("network_id")}. Port already has an attached device {port.Text("device_id")}.", "PortInUse");
            }

            if (!taken.Add(Tag(sub)))
            {
                throw new FakeRefusal(
                    409, $"segmentation_type {sub["segmentation_type"]} and segmentation_id {sub["segmentation_id"]} already in use on trunk {trunk.Id}.", "DuplicateSubPort");
            }
        }

        static string Tag(JsonObject sub) => $"{sub["segmentation_type"]} {sub["segmentation_id"]}";
    }

    private static void DemandEnabled(FakeNetworkItem trunk)
    {
        if (!trunk.Is("admin_state_up"))
        {
            throw new FakeRefusal(409, $"Trunk {trunk.Id} is currently disabled.", "TrunkDisabled");
        }
    }

    private FakeAnswer ChangeSubPorts(FakeCall call, FakeNetworkItem trunk, string verb)
    {
        var asked = (call.Body()["sub_ports"] as JsonArray ?? throw Invalid("sub_ports is missing")).Select(sub => (JsonObject)sub!.DeepClone()).ToList();
        var held = trunk.List("sub_ports").Select(sub => (JsonObject)sub.DeepClone()).ToList();
        if (verb is "add_subports")
        {
            CheckSubPorts(call, trunk, asked, held);
        }

        DemandEnabled(trunk);
        if (verb is "add_subports" && trunk.Text("status") is "ERROR")
        {
            throw new FakeRefusal(409, $"Trunk {trunk.Id} is in error state. Attempt to resolve the error condition before proceeding.", "TrunkInErrorState");
        }

        foreach (var sub in verb is "remove_subports" ? asked : [])
        {
            if (held.RemoveAll(one => (string?)one["port_id"] == (string?)sub["port_id"]) is 0)
            {
                throw new FakeRefusal(404, $"SubPort {sub["port_id"]} on trunk {trunk.Id} could not be found.", "SubPortNotFound");
            }
        }

        trunk["sub_ports"] = new JsonArray([.. verb is "add_subports" ? held.Concat(asked) : held]);
        trunk["status"] = "DOWN";
        Save(trunk);
        foreach (var sub in verb is "remove_subports" ? asked : [])
        {
            Release(Existing("ports", (string)sub["port_id"]!));
        }

        if (collections["ports"].Items.TryGetValue(trunk.Text("port_id"), out var parent))
        {
            TrunkFollows(parent, parent.Text("status"));
        }

        return FakeAnswer.Json(200, Show(call, collections["trunks"], trunk));
    }

    // As the OVS agent does: sub ports are bound to the trunk's host and go up with it (services/trunk/rpc/server.py: update_subport_bindings).
    private void TrunkFollows(FakeNetworkItem parent, string status)
    {
        if (TrunkOf(parent.Id) is not { } trunk || !trunk.Is("admin_state_up"))
        {
            return;
        }

        foreach (var sub in trunk.List("sub_ports"))
        {
            if (collections["ports"].Items.TryGetValue((string)sub["port_id"]!, out var port))
            {
                var host = parent.Text("binding:host_id");
                if (port.Text("binding:host_id") != host)
                {
                    port["device_owner"] = host.Length > 0 ? "trunk:subport" : "";
                    Bind(port, host);
                }

                port["status"] = status;
                Save(port);
            }
        }

        trunk["status"] = status is "ACTIVE" ? "ACTIVE" : "DOWN";
        Save(trunk);
    }
}
