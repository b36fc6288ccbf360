using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What operators set and see: extensions, quotas, agents, tags.</summary>
public sealed partial class FakeNeutron
{
    private static readonly string[] AllExtensions =
    [
        "address-group", "address-scope", "agent", "agent-resources-synced", "allowed-address-pairs", "auto-allocated-topology", "availability_zone", "binding",
        "binding-extended", "default-subnetpools", "dhcp_agent_scheduler", "dns-domain-ports", "dns-integration", "empty-string-filtering", "external-net", "filter-validation",
        "extra_dhcp_opt", "ip-substring-filtering", "ip_allocation", "multi-provider", "net-mtu", "net-mtu-writable", "network_availability_zone", "pagination",
        "port-mac-address-regenerate", "port-numa-affinity-policy", "port-security", "project-id", "provider", "qos", "quota_details", "quotas", "rbac-address-group",
        "rbac-address-scope", "rbac-policies", "rbac-security-groups", "revision-if-match", "security-group", "security-groups-normalized-cidr",
        "security-groups-remote-address-group", "sorting", "standard-attr-description", "standard-attr-revisions", "standard-attr-tag", "standard-attr-timestamp",
        "router", "ext-gw-mode", "extraroute", "dvr", "l3-ha", "l3-flavors", "router_availability_zone", "l3_agent_scheduler", "qos-fip", "qos-gateway-ip", "fip-port-details",
        "floating-ip-port-forwarding", "floating-ip-port-forwarding-description", "floating-ip-port-forwarding-detail", "floating-ip-port-forwarding-port-ranges",
        "expose-port-forwarding-in-fip", "l3-conntrack-helper", "expose-l3-conntrack-helper", "l3-ndp-proxy", "l3-ext-ndp-proxy", "l3-port-ip-change-not-allowed",
        "stateful-security-group", "subnet-dns-publish-fixed-ip", "subnet_allocation", "trunk", "trunk-details", "uplink-status-propagation",
    ];

    private readonly HashSet<string> extensions = new(AllExtensions, StringComparer.Ordinal);
    private readonly Dictionary<(string Project, string Resource), int> limits = [];
    private bool isOvn;

    /// <summary>Limit of every project that has none of its own; -1 is none. Neutron's own are 100 networks and subnets, 500 ports, 10 groups, 100 rules, 10 policies.</summary>
    public Dictionary<string, int> DefaultQuota { get; } = new(StringComparer.Ordinal)
    {
        ["network"] = -1, ["subnet"] = -1, ["port"] = -1, ["security_group"] = -1, ["security_group_rule"] = -1, ["rbac_policy"] = -1, ["trunk"] = -1, ["router"] = 10,
        ["floatingip"] = 50, ["subnetpool"] = -1,
    };

    /// <summary>This cloud does not have these: their collections are 404, their attributes refused and not shown.</summary>
    public void SwitchOff(params IReadOnlyList<string> aliases) => cloud.Locked(() => extensions.ExceptWith(aliases));

    public void SwitchOn(params IReadOnlyList<string> aliases) => cloud.Locked(() => extensions.UnionWith(aliases));

    public void SetQuota(string projectId, string resource, int limit) => cloud.Locked(() => limits[(projectId, resource)] = limit);

    /// <summary>Adds an agent that is alive.</summary>
    public void AddAgent(string type, string binary, string host)
    {
        var id = Guid.NewGuid().ToString();
        collections["agents"].Items.Add(id, new FakeNetworkItem
        {
            Id = id, ProjectId = "", Created = Second, Updated = Second,
            Members = new JsonObject
            {
                ["agent_type"] = type, ["binary"] = binary, ["host"] = host, ["topic"] = "N/A", ["alive"] = true, ["admin_state_up"] = true,
                ["availability_zone"] = null, ["configurations"] = new JsonObject(), ["description"] = null,
            },
        });
    }

    public void SetAgent(string type, string host, bool alive) => cloud.Locked(() =>
        collections["agents"].Items.Values.Single(agent => agent.Text("agent_type") == type && agent.Text("host") == host)["alive"] = alive);

    /// <summary>ML2 with OVN instead of Open vSwitch agents: other agents, Geneve for tenants, a metadata port, no <c>uplink-status-propagation</c>.</summary>
    public void BecomeOvn() => cloud.Locked(() =>
    {
        isOvn = true;
        collections["agents"].Items.Clear();
        AddAgent("OVN Controller agent", "ovn-controller", "node-1");
        AddAgent("OVN Metadata agent", "neutron-ovn-metadata-agent", "node-1");
        NetworkTypes = ["geneve", "vlan", "flat"];
        TunnelMtu = 1442;
        extensions.ExceptWith(["dhcp_agent_scheduler", "uplink-status-propagation", "agent-resources-synced"]);
    });

    private bool Has(string alias) => extensions.Contains(alias);

    private FakeAnswer ShowExtensions(FakeCall call, string[] rest)
    {
        if (call.Method is not "GET")
        {
            throw new FakeRefusal(405, "The method is not allowed for this resource.", "HTTPMethodNotAllowed");
        }

        JsonObject View(string alias) => new() { ["alias"] = alias, ["name"] = alias, ["description"] = "", ["links"] = new JsonArray(), ["updated"] = "2020-01-01T00:00:00-00:00" };
        return rest switch
        {
            [] => FakeAnswer.Json(200, new JsonObject { ["extensions"] = new JsonArray([.. extensions.Order(StringComparer.Ordinal).Select(View)]) }),
            [var alias] when Has(alias) => FakeAnswer.Json(200, new JsonObject { ["extension"] = View(alias) }),
            _ => throw new FakeRefusal(404, $"Extension with alias {rest[0]} does not exist", "HTTPNotFound"),
        };
    }

    private int Limit(string project, string resource) => limits.GetValueOrDefault((project, resource), DefaultQuota.GetValueOrDefault(resource, -1));

    private void CheckQuota(FakeCollection collection, string project, int more)
    {
        if (collection.Quota is { } resource && Limit(project, resource) is >= 0 and var limit
            && collection.Items.Values.Count(item => item.ProjectId == project) + more > limit)
        {
            throw new FakeRefusal(409, $"Quota exceeded for resources: ['{resource}'].", "OverQuota");
        }
    }

    private FakeAnswer Quotas(FakeCall call, string[] rest)
    {
        var project = rest.Length > 0 ? rest[0] : call.ProjectId;
        if (!call.IsAdmin && (project != call.ProjectId || call.Method is not "GET"))
        {
            throw NotAllowed("update_quota");
        }

        switch (call.Method)
        {
            case "PUT":
                var asked = Inside(call, "quota");
                if (asked.FirstOrDefault(item => !DefaultQuota.ContainsKey(item.Key)).Key is { } odd)
                {
                    throw new FakeRefusal(400, $"Unrecognized attribute(s) '{odd}'", "HTTPBadRequest");
                }

                foreach (var (name, value) in asked)
                {
                    limits[(project, name)] = int.Parse(Text(value), CultureInfo.InvariantCulture);
                }

                break;
            case "DELETE":
                foreach (var name in DefaultQuota.Keys)
                {
                    limits.Remove((project, name));
                }

                return FakeAnswer.Empty(204);
        }

        return FakeAnswer.Json(200, new JsonObject
        {
            ["quota"] = new JsonObject(DefaultQuota.Keys.Select(name => KeyValuePair.Create(name, (JsonNode?)Limit(project, name)))),
        });
    }

    private FakeAnswer Tags(FakeCall call, FakeNetworkItem item, string[] rest)
    {
        if (!Has("standard-attr-tag"))
        {
            throw new FakeRefusal(404, "The resource could not be found.", "HTTPNotFound");
        }

        var tags = item.Words("tags").ToList();
        switch (call.Method, rest)
        {
            case ("GET", []):
                return FakeAnswer.Json(200, new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) });
            case ("PUT", []):
                tags = [.. call.Body()["tags"]!.AsArray().Select(tag => (string)tag!).Distinct(StringComparer.Ordinal)];
                Set();
                return FakeAnswer.Json(200, new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) });
            case ("PUT", [var tag]):
                if (!tags.Contains(tag))
                {
                    tags.Add(tag);
                    Set();
                }

                return FakeAnswer.Empty(201);
            case ("DELETE", []):
                tags = [];
                Set();
                return FakeAnswer.Empty(204);
            case ("DELETE", [var tag]):
                if (!tags.Remove(tag))
                {
                    throw new FakeRefusal(404, $"Tag {tag} could not be found.", "TagNotFound");
                }

                Set();
                return FakeAnswer.Empty(204);
            default:
                throw new FakeRefusal(405, "The method is not allowed for this resource.", "HTTPMethodNotAllowed");
        }

        void Set()
        {
            if (tags.Exists(tag => tag.Length is 0 or > 60))
            {
                throw new FakeRefusal(400, "Invalid input for tags. Reason: exceeds maximum length of 60.", "HTTPBadRequest");
            }

            item["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]);
            Save(item);
        }
    }
}
