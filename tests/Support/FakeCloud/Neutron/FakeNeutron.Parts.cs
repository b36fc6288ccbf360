using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What stands below a router or a floating IP (neutron/services/portforwarding/pf_plugin.py, services/conntrack_helper/plugin.py).</summary>
public sealed partial class FakeNeutron
{
    private readonly Dictionary<string, List<JsonObject>> forwardings = new(StringComparer.Ordinal);

    /// <summary>Helpers that <c>allowed_conntrack_helpers</c> allows, with their protocols.</summary>
    public Dictionary<string, string[]> ConntrackHelpers { get; } = new(StringComparer.Ordinal)
    {
        ["amanda"] = ["tcp"], ["ftp"] = ["tcp"], ["h323"] = ["udp", "tcp"], ["irc"] = ["tcp"], ["netbios-ns"] = ["udp"], ["pptp"] = ["tcp"], ["sane"] = ["tcp"],
        ["sip"] = ["udp", "tcp"], ["snmp"] = ["udp"], ["tftp"] = ["udp"],
    };

    /// <summary>Copies of a floating IP's port forwardings.</summary>
    public IReadOnlyList<JsonObject> PortForwardingsOf(string floatingIpId) => cloud.Locked(() => ForwardingsOf(floatingIpId).ConvertAll(part => (JsonObject)part.DeepClone()));

    /// <summary>Copies of a router's conntrack helpers.</summary>
    public IReadOnlyList<JsonObject> ConntrackHelpersOf(string routerId) =>
        cloud.Locked(() => StateOf(Existing("routers", routerId)).Helpers.ConvertAll(part => (JsonObject)part.DeepClone()));

    private List<JsonObject> ForwardingsOf(string floatingIpId) => forwardings.GetValueOrDefault(floatingIpId) ?? [];

    private JsonObject Outline(JsonObject part) => new(part
        .Where(member => member.Key is "protocol" or "internal_ip_address" or "internal_port" or "external_port"
            || (member.Key is "id" or "internal_port_id" && Has("floating-ip-port-forwarding-detail")))
        .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private void DemandExtension(string alias)
    {
        if (!Has(alias))
        {
            throw new FakeRefusal(404, "The resource could not be found.", "HTTPNotFound");
        }
    }

    private FakeAnswer PortForwardings(FakeCall call, FakeNetworkItem fip, string[] rest)
    {
        DemandExtension("floating-ip-port-forwarding");
        if (!forwardings.TryGetValue(fip.Id, out var parts))
        {
            forwardings.Add(fip.Id, parts = []);
        }

        var answer = Parts(call, parts, "port_forwarding", "Port Forwarding {0} could not be found.", rest, (part, asked) => Forward(call, fip, part, asked));
        if (call.Method is not "GET")
        {
            AfterForwarding(fip);
        }

        return answer;
    }

    private void AfterForwarding(FakeNetworkItem fip)
    {
        if (ForwardingsOf(fip.Id).Count is 0 && fip["port_id"] is null)
        {
            Rewrite(collections["floatingips"], fip, () => fip["router_id"] = null);
        }
        else
        {
            Save(fip);
        }

        unsettledFloatingIps.Add(fip.Id);
    }

    private void DropForwardings(string portId, Predicate<JsonObject> which)
    {
        foreach (var (id, parts) in forwardings)
        {
            if (parts.RemoveAll(part => (string?)part["internal_port_id"] == portId && which(part)) > 0 && collections["floatingips"].Items.TryGetValue(id, out var fip))
            {
                AfterForwarding(fip);
            }
        }
    }

    private void Forward(FakeCall call, FakeNetworkItem fip, JsonObject part, JsonObject asked)
    {
        var wanted = (JsonObject)part.DeepClone();
        foreach (var (name, value) in asked)
        {
            if (name is not ("protocol" or "internal_port_id" or "internal_ip_address" or "internal_port" or "external_port")
                && (name is not ("internal_port_range" or "external_port_range") || !Has("floating-ip-port-forwarding-port-ranges"))
                && (name is not "description" || !Has("floating-ip-port-forwarding-description")))
            {
                throw new FakeRefusal(400, $"Unrecognized attribute(s) '{name}'", "HTTPBadRequest");
            }

            wanted[name] = value?.DeepClone();
        }

        foreach (var side in new[] { "internal", "external" })
        {
            // One port and a range are two ways to say the same.
            var (one, range) = ((int?)asked[$"{side}_port"], (string?)asked[$"{side}_port_range"]);
            range = one is { } number ? $"{number}:{number}" : range is { } said ? said.Contains(':', StringComparison.Ordinal) ? said : $"{said}:{said}" : (string?)wanted[$"{side}_port_range"];
            var (first, last) = RangeOf(range ?? throw Missing($"{side}_port"));
            (wanted[$"{side}_port_range"], wanted[$"{side}_port"]) = (range, first == last ? first : null);
        }

        foreach (var name in new[] { "protocol", "internal_port_id", "internal_ip_address" })
        {
            _ = wanted[name] ?? throw Missing(name);
        }

        var (inside, outside) = (RangeOf((string)wanted["internal_port_range"]!), RangeOf((string)wanted["external_port_range"]!));
        if (inside.Last > inside.First && inside.Last - inside.First != outside.Last - outside.First)
        {
            throw Bad("port_forwarding", "Invalid ranges of internal and/or external ports. The relation between internal and external ports must be N-N or 1-N");
        }

        RefuseCollision("internal_port_range", forwardings.Values.SelectMany(all => all).Where(other => Same("internal_port_id", other) && Same("internal_ip_address", other)));
        RefuseCollision("external_port_range", ForwardingsOf(fip.Id));
        Lead(call, fip, wanted);
        wanted["description"] ??= "";
        foreach (var (name, value) in wanted)
        {
            part[name] = value?.DeepClone();
        }

        static FakeRefusal Missing(string name) => new(400, $"Failed to parse request. Required attribute '{name}' not specified.", "HTTPBadRequest");

        bool Same(string name, JsonObject other) => Text(other[name]) == Text(wanted[name]);

        void RefuseCollision(string name, IEnumerable<JsonObject> others)
        {
            var (first, last) = RangeOf((string)wanted[name]!);
            if (others.FirstOrDefault(other => Text(other["id"]) != Text(part["id"]) && Same("protocol", other)
                && RangeOf((string)other[name]!) is var taken && taken.First <= last && first <= taken.Last) is { } near)
            {
                throw Bad("port_forwarding", $"There is a port collision with the {name}. The following ranges collides: {near[name]} and {wanted[name]}");
            }
        }
    }

    private void Lead(FakeCall call, FakeNetworkItem fip, JsonObject wanted)
    {
        var (portId, address) = ((string)wanted["internal_port_id"]!, (string)wanted["internal_ip_address"]!);
        if (Of(byFixedPort, portId, "floatingips").FirstOrDefault() is { } bound)
        {
            throw new FakeRefusal(
                409,
                $"Cannot create port forwarding to floating IP {bound.Text("floating_ip_address")} ({bound.Id}) with port {portId} using fixed IP {address}, as that port already "
                + "has a binding floating IP.",
                "PortHasBindingFloatingIP");
        }

        if (fip["port_id"] is not null)
        {
            throw AlreadyAssociated(fip, portId, address);
        }

        var port = Visible(call, collections["ports"], portId);
        if (port.List("fixed_ips").FirstOrDefault(ip => (string?)ip["ip_address"] == address) is not { } found)
        {
            throw Bad("port_forwarding", $"Requested internal IP address {address} is not suitable for internal neutron port {portId}, as its fixed_ips are {port["fixed_ips"]}");
        }

        var subnetId = (string)found["subnet_id"]!;
        var router = RouterBetween(port, subnetId, fip.Text("floating_network_id")) ?? throw Bad(
            "port_forwarding",
            $"External network {fip.Text("floating_network_id")} is not reachable from subnet {subnetId}. Cannot set Port forwarding for port {portId} with Floating IP {fip.Id}");
        if (fip["router_id"] is not null && fip.Text("router_id") != router)
        {
            throw Bad("port_forwarding", $"The Floating IP {fip.Id} had been set on router {fip.Text("router_id")}, the internal Neutron port {portId} can not reach it");
        }

        Rewrite(collections["floatingips"], fip, () => fip["router_id"] = router);
    }

    private FakeAnswer RouterHelpers(FakeCall call, FakeNetworkItem router, string[] rest)
    {
        DemandExtension("l3-conntrack-helper");
        var helpers = StateOf(router).Helpers;
        var answer = Parts(call, helpers, "conntrack_helper", "Conntrack Helper {0} could not be found.", rest, (part, asked) =>
        {
            if (asked.FirstOrDefault(member => member.Key is not ("protocol" or "port" or "helper")).Key is { } odd)
            {
                throw new FakeRefusal(400, $"Unrecognized attribute(s) '{odd}'", "HTTPBadRequest");
            }

            JsonNode Wanted(string name) => (asked[name] ?? part[name])?.DeepClone()
                ?? throw new FakeRefusal(400, $"Failed to parse request. Required attribute '{name}' not specified.", "HTTPBadRequest");
            var (protocol, port, helper) = ((string)Wanted("protocol")!, (int)Wanted("port"), (string)Wanted("helper")!);
            if (!ConntrackHelpers.TryGetValue(helper, out var protocols))
            {
                throw new FakeRefusal(400, $"Conntrack Helper {helper} is not allowed.", "ConntrackHelperNotAllowed");
            }

            if (!protocols.Contains(protocol))
            {
                throw new FakeRefusal(
                    400, $"Conntrack Helper {helper} does not support: {protocol}. Supported protocols are: {string.Join(", ", protocols)}", "InvalidProtocolForHelper");
            }

            if (helpers.Exists(other => Text(other["id"]) != Text(part["id"]) && (string?)other["protocol"] == protocol && (int?)other["port"] == port && (string?)other["helper"] == helper))
            {
                throw Bad("conntrack_helper", "A duplicate conntrack helper entry with same attributes already exists");
            }

            (part["protocol"], part["port"], part["helper"]) = (protocol, port, helper);
        });
        if (call.Method is not "GET")
        {
            Save(router);
        }

        return answer;
    }

    private static FakeAnswer Parts(FakeCall call, List<JsonObject> parts, string singular, string missing, string[] rest, Action<JsonObject, JsonObject> change)
    {
        var part = rest is [var id] ? parts.Find(one => (string?)one["id"] == id) ?? throw new FakeRefusal(
            404, string.Format(CultureInfo.InvariantCulture, missing, id), singular is "port_forwarding" ? "PortForwardingNotFound" : "ConntrackHelperNotFound") : null;
        switch (call.Method, part)
        {
            case ("GET", null):
                var found = parts.Where(one => call.Query.All(asked => NoFilters.Contains(asked.Key) || asked.Value.Contains(Text(one[asked.Key]))));
                return FakeAnswer.Json(200, new JsonObject { [singular + "s"] = new JsonArray([.. found.Select(one => one.DeepClone())]) });
            case ("GET", not null):
                return FakeAnswer.Json(200, new JsonObject { [singular] = part.DeepClone() });
            case ("POST", null):
                var made = new JsonObject { ["id"] = Guid.NewGuid().ToString() };
                change(made, Inside(call, singular));
                parts.Add(made);
                return FakeAnswer.Json(201, new JsonObject { [singular] = made.DeepClone() });
            case ("PUT", not null):
                change(part, Inside(call, singular));
                return FakeAnswer.Json(200, new JsonObject { [singular] = part.DeepClone() });
            case ("DELETE", not null):
                parts.Remove(part);
                return FakeAnswer.Empty(204);
            default:
                throw new FakeRefusal(405, "The method is not allowed for this resource.", "HTTPMethodNotAllowed");
        }
    }

    private static (int First, int Last) RangeOf(string range) => range.Split(':') is [var first, var last]
        && int.TryParse(first, CultureInfo.InvariantCulture, out var one) && int.TryParse(last, CultureInfo.InvariantCulture, out var other) && one is > 0 and < 65536 && other is > 0 and < 65536
            ? (one, other)
            : throw Bad("port_forwarding", "Invalid port value, the port value must be a value between 1 and 65535.");
}
