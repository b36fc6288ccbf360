using System.Text.Json.Nodes;

namespace Cascade.Support.Parent;

public sealed partial class FakeNeutronServer
{
    /// <summary>
    /// neutron/db/securitygroups_rpc_base.py: security_group_info_for_ports. The rules of the devices' groups, and for each group that those rules name every address
    /// of its ports, bound or not, in the families of those rules.
    /// </summary>
    JsonObject SecurityGroupInfo(FakeNeutronCall call)
    {
        var devices = new JsonObject();
        var told = new JsonObject();
        var members = new JsonObject();
        foreach (var port in call.Texts("devices").Where(ports.ContainsKey).Select(id => ports[id]))
        {
            devices[(string)port["id"]!] = port.DeepClone();
            foreach (var group in port["security_groups"]!.AsArray().Select(id => (string)id!))
            {
                var its = rules.Values.Where(rule => Is(rule, "security_group_id", group)).ToList();
                told[group] = List(its);
                its.ForEach(rule => Name(members, rule));
            }
        }

        return new() { ["devices"] = devices, ["security_groups"] = told, ["sg_member_ips"] = members };
    }

    /// <summary>Takes a rule away of which nobody is told, as a cascade of the database does.</summary>
    public void DropRule(string id) => Locked(() => rules.Remove(id));

    void Name(JsonObject members, JsonObject rule)
    {
        var family = (string)rule["ethertype"]!;
        if ((string?)rule["remote_group_id"] is { } group)
        {
            Put(members, group, family, ports.Values.Where(port => Has(port, group)).SelectMany(Addresses));
        }
        else if ((string?)rule["remote_address_group_id"] is { } list)
        {
            Put(members, list, family, addressGroups[list]["addresses"]!.AsArray().Select(address => (string)address!));
        }
    }

    static void Put(JsonObject members, string id, string family, IEnumerable<string> addresses)
    {
        var of = members[id] as JsonObject ?? [];
        of[family] = List(addresses.Where(address => address.Contains(':', StringComparison.Ordinal) == (family == "IPv6")).Distinct()
            .Select(address => (JsonNode)new JsonArray(address, null)));
        if (of.Parent is null)
        {
            members[id] = of;
        }
    }

    static bool Has(JsonObject port, string group) => port["security_groups"]!.AsArray().Any(id => (string)id! == group);

    static IEnumerable<string> Addresses(JsonObject port) =>
        port["fixed_ips"]!.AsArray().Concat(port["allowed_address_pairs"]!.AsArray()).Select(one => (string)one!["ip_address"]!);
}
