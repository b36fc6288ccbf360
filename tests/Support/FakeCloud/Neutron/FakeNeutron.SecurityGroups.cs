using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Security groups, their rules and address groups (neutron/db/securitygroups_db.py, db/address_group_db.py).</summary>
public sealed partial class FakeNeutron
{
    private static readonly Dictionary<string, string> Protocols = new(StringComparer.Ordinal)
    {
        ["icmp"] = "1", ["tcp"] = "6", ["udp"] = "17", ["ipv6-icmp"] = "58", ["sctp"] = "132", ["vrrp"] = "112", ["gre"] = "47", ["esp"] = "50", ["ah"] = "51", ["igmp"] = "2",
        ["dccp"] = "33", ["udplite"] = "136", ["ospf"] = "89", ["pgm"] = "113", ["rsvp"] = "46", ["egp"] = "8", ["ipip"] = "4",
        ["ipv6-encap"] = "41", ["ipv6-frag"] = "44", ["ipv6-nonxt"] = "59", ["ipv6-opts"] = "60", ["ipv6-route"] = "43",
    };

    private readonly Dictionary<string, string> defaults = new(StringComparer.Ordinal);

    private void SecurityGroupRules()
    {
        var groups = collections["security-groups"];
        groups.Computed["security_group_rules"] = (call, group) => new JsonArray(
            [.. RulesOf(group.Id).Select(rule => Show(Whole(call), collections["security-group-rules"], rule))]);
        groups.Computed["shared"] = (call, group) => IsShared("security_group", group.Id, call.ProjectId);
        groups.Sees = (call, group) => IsShared("security_group", group.Id, call.ProjectId);
        groups.Creating = (_, group, _) =>
        {
            if (string.Equals(group.Text("name"), "default", StringComparison.OrdinalIgnoreCase))
            {
                throw new FakeRefusal(409, "Default security group already exists.", "SecurityGroupDefaultAlreadyExists");
            }

            EnsureDefaultGroup(group.ProjectId);
            CheckQuota(collections["security-group-rules"], group.ProjectId, 2);
        };
        groups.Created = group =>
        {
            foreach (var ethertype in new[] { "IPv4", "IPv6" })
            {
                AddRule(group, "egress", ethertype, null);
            }
        };
        groups.Updating = (_, group, asked) =>
        {
            if (asked["stateful"] is { } stateful && (bool)stateful != group.Is("stateful") && PortsWith(group.Id).Any())
            {
                throw new FakeRefusal(409, $"Security Group {group.Id} in use.", "SecurityGroupInUse");
            }

            if (group.Text("name") is "default" && asked.ContainsKey("name"))
            {
                throw new FakeRefusal(409, "Updating default security group not allowed.", "SecurityGroupCannotUpdateDefault");
            }
        };
        groups.Deleting = (call, group) =>
        {
            if (PortsWith(group.Id).Any())
            {
                throw new FakeRefusal(409, $"Security Group {group.Id} in use.", "SecurityGroupInUse");
            }

            if (group.Text("name") is "default" && !call.IsAdmin)
            {
                throw new FakeRefusal(409, "Insufficient rights for removing default security group.", "SecurityGroupCannotRemoveDefault");
            }
        };
        groups.Deleted = group =>
        {
            // Rules of others that name it go with it (db/models/securitygroup.py: ondelete CASCADE of remote_group_id).
            foreach (var rule in collections["security-group-rules"].Items.Values.Where(rule =>
                rule.Text("security_group_id") == group.Id || rule.Text("remote_group_id") == group.Id).ToList())
            {
                Drop(collections["security-group-rules"], rule);
            }

            Unshare(group.Id);
            defaults.Remove(group.ProjectId, out var was);
            if (was is not null && was != group.Id)
            {
                defaults[group.ProjectId] = was;
            }
        };

        var rules = collections["security-group-rules"];
        rules.Sees = (call, rule) => collections["security-groups"].Items.GetValueOrDefault(rule.Text("security_group_id"))?.ProjectId == call.ProjectId;
        rules.Owns = rules.Sees;
        rules.Creating = (call, rule, _) => CreateRule(call, rule);
        rules.Created = rule => Save(Existing("security-groups", rule.Text("security_group_id")));
        rules.Deleted = rule =>
        {
            if (collections["security-groups"].Items.TryGetValue(rule.Text("security_group_id"), out var group))
            {
                Save(group);
            }
        };

        var addresses = collections["address-groups"];
        addresses.Computed["shared"] = (call, group) => IsShared("address_group", group.Id, call.ProjectId);
        addresses.Sees = (call, group) => IsShared("address_group", group.Id, call.ProjectId);
        addresses.Creating = (_, group, _) =>
        {
            // neutron_lib/api/validators: validate_subnet_list.
            if (group.Words("addresses").FirstOrDefault(said => !FakePrefix.TryParse(said, out var prefix) || prefix.ToString() != said) is { } odd)
            {
                throw new FakeRefusal(400, $"Invalid input for addresses. Reason: '{odd}' isn't a recognized IP subnet cidr.", "HTTPBadRequest");
            }
        };
        addresses.Deleting = (_, group) =>
        {
            if (collections["security-group-rules"].Items.Values.Any(rule => rule.Text("remote_address_group_id") == group.Id))
            {
                throw new FakeRefusal(409, $"Address group {group.Id} is in use on one or more security group rules.", "AddressGroupInUse");
            }
        };
        addresses.Deleted = group => Unshare(group.Id);
    }

    /// <summary>The id of the group that every project has.</summary>
    private string EnsureDefaultGroup(string project)
    {
        if (defaults.TryGetValue(project, out var id) && collections["security-groups"].Items.ContainsKey(id))
        {
            return id;
        }

        var group = new FakeNetworkItem
        {
            Id = Guid.NewGuid().ToString(), ProjectId = project, Created = Second, Updated = Second, Revision = 1,
            Members = new JsonObject { ["name"] = "default", ["description"] = "Default security group", ["stateful"] = true, ["tags"] = new JsonArray() },
        };
        collections["security-groups"].Items.Add(group.Id, group);
        defaults[project] = group.Id;
        foreach (var ethertype in new[] { "IPv4", "IPv6" })
        {
            AddRule(group, "ingress", ethertype, group.Id);
            AddRule(group, "egress", ethertype, null);
        }

        return group.Id;
    }

    // Listing makes it, too (get_security_groups, get_security_group_rules).
    private void DefaultGroupFor(FakeCall call, FakeCollection collection)
    {
        if (collection.Path is "security-groups" or "security-group-rules" && call != Operator)
        {
            EnsureDefaultGroup(call.IsAdmin ? call.Asked("project_id") ?? call.Asked("tenant_id") ?? call.ProjectId : call.ProjectId);
        }
    }

    private void AddRule(FakeNetworkItem group, string direction, string ethertype, string? remoteGroup)
    {
        var table = collections["security-group-rules"];
        var rule = new FakeNetworkItem
        {
            Id = Guid.NewGuid().ToString(), ProjectId = group.ProjectId, Created = Second, Updated = Second, Revision = 0,
            Members = new JsonObject(table.Attributes.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Fill()))),
        };
        (rule["security_group_id"], rule["direction"], rule["ethertype"], rule["remote_group_id"]) = (group.Id, direction, ethertype, remoteGroup);
        table.Items.Add(rule.Id, rule);
        Index(table, rule);
    }

    private static void BulkRules(FakeCollection collection, List<JsonObject> asked)
    {
        if (collection.Path is not "security-group-rules")
        {
            return;
        }

        if (asked.Select(rule => (string?)rule["security_group_id"]).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            throw new FakeRefusal(400, "Only allowed to update rules for one security profile at a time", "SecurityGroupNotSingleGroupRules");
        }

        if (asked.GroupBy(Key, StringComparer.Ordinal).Any(same => same.Count() > 1))
        {
            throw new FakeRefusal(409, "Duplicate Security Group Rule in POST.", "DuplicateSecurityGroupRuleInPost");
        }
    }

    private void CreateRule(FakeCall call, FakeNetworkItem rule)
    {
        var group = Visible(call, collections["security-groups"], rule.Text("security_group_id"));
        if (!call.IsAdmin && group.ProjectId != call.ProjectId)
        {
            throw NotAllowed("create_security_group_rule");
        }

        // db/securitygroups_db.py: _validate_security_group_rule, in its order.
        if (rule["protocol"] is { } said)
        {
            rule["protocol"] = Protocol(Text(said).ToLowerInvariant(), rule.Text("ethertype"));
        }

        CheckRange(rule);
        if (rule.Text("remote_ip_prefix") is { Length: > 0 } prefix)
        {
            if (!FakePrefix.TryParse(prefix, out var parsed))
            {
                throw new FakeRefusal(400, $"Invalid input for remote_ip_prefix. Reason: '{prefix}' is not a valid IP subnet.", "HTTPBadRequest");
            }

            if (rule.Text("ethertype") != "IPv" + parsed.Version.ToString(CultureInfo.InvariantCulture))
            {
                throw new FakeRefusal(400, $"Conflicting value ethertype {rule.Text("ethertype")} for CIDR {prefix}", "SecurityGroupRuleParameterConflict");
            }

            // The mask is added, host bits stay; normalized_cidr has them cut.
            rule["remote_ip_prefix"] = prefix.Contains('/', StringComparison.Ordinal) ? prefix : $"{prefix}/{parsed.Length}";
            rule["normalized_cidr"] = parsed.ToString();
        }

        if (new[] { "remote_ip_prefix", "remote_group_id", "remote_address_group_id" }.Count(name => rule.Text(name).Length > 0) > 1)
        {
            throw new FakeRefusal(
                400, "Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.", "SecurityGroupMultipleRemoteEntites");
        }

        if (rule.Text("remote_group_id") is { Length: > 0 } remote)
        {
            Visible(call, collections["security-groups"], remote);
        }

        if (rule.Text("remote_address_group_id") is { Length: > 0 } addresses)
        {
            Visible(call, collections["address-groups"], addresses);
        }

        var key = Key(rule.Members);
        if (RulesOf(group.Id).FirstOrDefault(other => Key(other.Members) == key) is { } same)
        {
            throw new FakeRefusal(409, $"Security group rule already exists. Rule id is {same.Id}.", "SecurityGroupRuleExists");
        }
    }

    private static string Protocol(string protocol, string ethertype)
    {
        if (ethertype is "IPv6" && protocol is "icmp" or "icmpv6")
        {
            return "ipv6-icmp";
        }

        if (ethertype is "IPv6" && protocol is "1")
        {
            return "58";
        }

        if (!Protocols.ContainsKey(protocol) && !(byte.TryParse(protocol, CultureInfo.InvariantCulture, out _) || protocol is "any" or "icmpv6"))
        {
            throw new FakeRefusal(400, $"Security group rule protocol {protocol} not supported.", "SecurityGroupRuleInvalidProtocol");
        }

        return ethertype is "IPv4" && protocol.StartsWith("ipv6-", StringComparison.Ordinal)
            ? throw new FakeRefusal(400, $"Invalid ethertype {ethertype} for protocol {protocol}.", "SecurityGroupEthertypeConflictWithProtocol")
            : protocol;
    }

    private static void CheckRange(FakeNetworkItem rule)
    {
        var (min, max) = ((int?)rule["port_range_min"], (int?)rule["port_range_max"]);
        if ((min, max) is (1, 65535))
        {
            // _make_canonical_port_range.
            (rule["port_range_min"], rule["port_range_max"]) = (null, null);
            return;
        }

        if (min is null && max is null)
        {
            return;
        }

        if (rule["protocol"] is null)
        {
            throw new FakeRefusal(400, "Must also specify protocol if port range is given.", "SecurityGroupProtocolRequiredWithPorts");
        }

        switch (Protocols.GetValueOrDefault(rule.Text("protocol"), rule.Text("protocol")))
        {
            case "6" or "17" or "132" or "33" or "136" when min is 0 || max is 0:
                throw new FakeRefusal(400, "Invalid value for port 0", "SecurityGroupInvalidPortValue");
            case "6" or "17" or "132" or "33" or "136":
                if (min is null || max is null || min > max)
                {
                    throw new FakeRefusal(400, "For TCP/UDP protocols, port_range_min must be <= port_range_max", "SecurityGroupInvalidPortRange");
                }

                break;
            case "1" or "58":
                if (min is < 0 or > 255 || max is < 0 or > 255)
                {
                    throw new FakeRefusal(400, "Invalid value for ICMP. It must be 0 to 255.", "SecurityGroupInvalidIcmpValue");
                }

                if (min is null)
                {
                    throw new FakeRefusal(400, $"ICMP code (port-range-max) {max} is provided but ICMP type (port-range-min) is missing.", "SecurityGroupMissingIcmpType");
                }

                break;
            default:
                throw new FakeRefusal(400, $"Ports cannot be specified for protocol {rule.Text("protocol")}.", "SecurityGroupInvalidProtocolForPort");
        }
    }

    // _rule_to_key: everything is the same as no prefix; a protocol is the same by name and by number.
    private static string Key(JsonObject rule)
    {
        var ethertype = rule["ethertype"] is { } kind ? (string)kind! : "IPv4";
        var protocol = rule["protocol"] is { } said ? Protocol(Text(said).ToLowerInvariant(), ethertype) : "+";
        var prefix = Text(rule["remote_ip_prefix"]);
        return string.Join(
            '_',
            Text(rule["direction"]), ethertype, Text(rule["port_range_max"]), Text(rule["port_range_min"]), Protocols.GetValueOrDefault(protocol, protocol),
            Text(rule["remote_group_id"]), Text(rule["remote_address_group_id"]), prefix is "0.0.0.0/0" or "::/0" or "" ? "+" : prefix,
            Text(rule["security_group_id"]));
    }

    private FakeAnswer ChangeAddresses(FakeCall call, FakeNetworkItem group, string verb)
    {
        var asked = Normal((call.Body()["addresses"] as JsonArray ?? throw new FakeRefusal(500, "Request Failed: internal server error while processing your request.", "HTTPInternalServerError"))
            .Select(address => (string)address!));
        var held = group.Words("addresses").ToList();
        var wrong = asked.Where(address => held.Contains(address) == (verb is "add_addresses")).ToList();
        if (wrong.Count > 0)
        {
            throw verb is "add_addresses"
                ? new FakeRefusal(400, $"Addresses ['{string.Join("', '", wrong)}'] already exist in the address group {group.Id}.", "AddressesAlreadyExist")
                : new FakeRefusal(404, $"Addresses ['{string.Join("', '", wrong)}'] not found in the address group {group.Id}.", "AddressesNotFound");
        }

        var after = verb is "add_addresses" ? held.Concat(asked) : held.Except(asked, StringComparer.Ordinal);
        group["addresses"] = new JsonArray([.. after.Select(address => JsonValue.Create(address))]);
        Save(group);
        return One(call, 200, collections["address-groups"], group);
    }

    private static List<string> Normal(IEnumerable<string> addresses) =>
        [.. addresses.Select(address => FakePrefix.TryParse(address, out var prefix)
            ? prefix.ToString()
            : throw new FakeRefusal(400, $"Invalid input for addresses. Reason: '{address}' is not a valid IP subnet.", "HTTPBadRequest")).Distinct(StringComparer.Ordinal)];

    /// <summary>The same asker without a choice of fields.</summary>
    private static FakeCall Whole(FakeCall call) => call.Query.ContainsKey("fields")
        ? new FakeCall { Request = call.Request, Query = Microsoft.AspNetCore.Http.QueryCollection.Empty, Token = call.Token }
        : call;
}
