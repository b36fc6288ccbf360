using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>QoS policies and rules (neutron/services/qos/qos_plugin.py).</summary>
public sealed partial class FakeNeutron
{
    private static readonly Dictionary<string, string[]> RuleMembers = new(StringComparer.Ordinal)
    {
        ["bandwidth_limit"] = ["max_kbps", "max_burst_kbps", "direction"], ["dscp_marking"] = ["dscp_mark"], ["minimum_bandwidth"] = ["min_kbps", "direction"],
        ["minimum_packet_rate"] = ["min_kpps", "direction"], ["packet_rate_limit"] = ["max_kpps", "max_burst_kpps", "direction"],
    };

    /// <summary>Rule types that the cloud's drivers can do.</summary>
    public IReadOnlyList<string> QosRuleTypes { get; set; } = ["bandwidth_limit", "dscp_marking", "minimum_bandwidth", "minimum_packet_rate"];

    private void QosRules()
    {
        var policies = collections["qos/policies"];
        policies.Computed["shared"] = (call, policy) => IsShared("qos_policy", policy.Id, call.ProjectId);
        policies.Sees = (call, policy) => IsShared("qos_policy", policy.Id, call.ProjectId);
        policies.Creating = (call, policy, _) =>
        {
            policy["rules"] = new JsonArray();
            if (!call.IsAdmin)
            {
                throw NotAllowed("create_policy");
            }
        };
        policies.Created = policy =>
        {
            if (policy.Is("shared"))
            {
                Share("qos_policy", policy.Id, policy.ProjectId, "*");
            }

            policy.Members.Remove("shared");
        };
        policies.Updating = (_, policy, asked) =>
        {
            if (asked.ContainsKey("shared"))
            {
                SetShared("qos_policy", policy, (bool)asked["shared"]!);
                asked.Remove("shared");
            }
        };
        policies.Deleting = (_, policy) =>
        {
            var user = collections["ports"].Items.Values.FirstOrDefault(port => port.Text("qos_policy_id") == policy.Id)
                ?? collections["networks"].Items.Values.FirstOrDefault(network => network.Text("qos_policy_id") == policy.Id);
            if (user is not null)
            {
                throw new FakeRefusal(
                    409, $"QoS Policy {policy.Id} is used by {(collections["ports"].Items.ContainsKey(user.Id) ? "port" : "network")} {user.Id}.", "QosPolicyInUse");
            }

            if (collections["floatingips"].Items.Values.FirstOrDefault(fip => fip.Text("qos_policy_id") == policy.Id) is { } fip)
            {
                throw new FakeRefusal(409, $"QoS Policy {policy.Id} is used by floatingip {fip.Id}.", "QosPolicyInUse");
            }

            if (routerStates.FirstOrDefault(one => one.Value.GatewayPolicy == policy.Id).Key is { } routerId)
            {
                throw new FakeRefusal(409, $"QoS Policy {policy.Id} is used by router {routerId}.", "QosPolicyInUse");
            }
        };
        policies.Deleted = policy => Unshare(policy.Id);
    }

    private void CheckQosPolicy(FakeCall call, JsonObject asked)
    {
        if ((string?)asked["qos_policy_id"] is { } id)
        {
            Visible(call, collections["qos/policies"], id);
        }
    }

    private FakeAnswer RuleTypes() => FakeAnswer.Json(200, new JsonObject
    {
        ["rule_types"] = new JsonArray([.. QosRuleTypes.Select(type => new JsonObject { ["type"] = type })]),
    });

    private FakeAnswer PolicyRules(FakeCall call, FakeNetworkItem policy, string member, string[] rest)
    {
        if (!RuleMembers.TryGetValue(member[..^"_rule".Length], out var members))
        {
            throw new FakeRefusal(404, "The resource could not be found.", "HTTPNotFound");
        }

        if (call.Method is not "GET" && !call.IsAdmin)
        {
            throw NotAllowed($"create_policy_{member}");
        }

        var type = member[..^"_rule".Length];
        var rules = (JsonArray)policy["rules"]!;
        var rule = rest is [var id] ? rules.OfType<JsonObject>().FirstOrDefault(one => (string?)one["id"] == id && (string?)one["type"] == type)
            ?? throw new FakeRefusal(404, $"QoS rule of type {member} with ID {id} not found", "QosRuleNotFound") : null;
        switch (call.Method, rule)
        {
            case ("GET", null):
                return FakeAnswer.Json(200, new JsonObject { [member + "s"] = new JsonArray([.. rules.Where(one => (string?)one!["type"] == type).Select(one => one!.DeepClone())]) });
            case ("GET", not null):
                break;
            case ("POST", null):
                rule = new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["qos_policy_id"] = policy.Id, ["type"] = type };
                Fill(rule);
                if (!QosRuleTypes.Contains(type) && collections["ports"].Items.Values.FirstOrDefault(port => port.Text("qos_policy_id") == policy.Id) is { } user)
                {
                    throw new FakeRefusal(409, $"Rule {type} is not supported by port {user.Id}", "QosRuleNotSupported");
                }

                if (rules.OfType<JsonObject>().FirstOrDefault(one => (string?)one["type"] == type && Text(one["direction"]) == Text(rule["direction"])) is { } other)
                {
                    throw new FakeRefusal(409, $"Rule {type} conflicts with rule {other["id"]} which already exists in QoS Policy {policy.Id}.", "QoSRulesConflict");
                }

                rules.Add(rule);
                Save(policy);
                return FakeAnswer.Json(201, new JsonObject { [member] = Plain(rule) });
            case ("PUT", not null):
                Fill(rule);
                Save(policy);
                break;
            case ("DELETE", not null):
                rules.Remove(rule);
                Save(policy);
                return FakeAnswer.Empty(204);
            default:
                throw new FakeRefusal(405, "The method is not allowed for this resource.", "HTTPMethodNotAllowed");
        }

        return FakeAnswer.Json(200, new JsonObject { [member] = Plain(rule!) });

        void Fill(JsonObject one)
        {
            var asked = Inside(call, member);
            if (asked.FirstOrDefault(said => !members.Contains(said.Key)).Key is { } odd)
            {
                throw new FakeRefusal(400, $"Unrecognized attribute(s) '{odd}'", "HTTPBadRequest");
            }

            foreach (var name in members)
            {
                one[name] = asked[name]?.DeepClone() ?? one[name]?.DeepClone() ?? (name switch
                {
                    "direction" => JsonValue.Create("egress"),
                    "max_burst_kbps" or "max_burst_kpps" => JsonValue.Create(0),
                    _ => throw new FakeRefusal(400, string.Format(CultureInfo.InvariantCulture, "Failed to parse request. Required attribute '{0}' not specified.", name), "HTTPBadRequest"),
                });
            }
        }

        static JsonObject Plain(JsonObject one)
        {
            var plain = (JsonObject)one.DeepClone();
            plain.Remove("type");
            return plain;
        }
    }
}
