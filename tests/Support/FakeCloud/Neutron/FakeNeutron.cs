using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>
/// Neutron (ML2) in memory, with the rules of its own that a client can run into: addresses and MACs, segments, MTU, quotas, RBAC, security
/// groups, revisions, time stamps. Ports become <c>ACTIVE</c> when a server of the fake Nova uses them. Every state can be read and set.
/// </summary>
public sealed partial class FakeNeutron
{
    private readonly FakeCloud cloud;
    private readonly Dictionary<string, FakeCollection> collections;

    internal FakeNeutron(FakeCloud cloud)
    {
        this.cloud = cloud;
        collections = Tables().ToDictionary(table => table.Path, StringComparer.Ordinal);
        NetworkRules();
        SubnetRules();
        PortRules();
        SecurityGroupRules();
        SharingRules();
        QosRules();
        TrunkRules();
        RouterRules();
        FloatingIpRules();
        NdpProxyRules();
        AddAgent("Open vSwitch agent", "neutron-openvswitch-agent", "node-1");
        AddAgent("DHCP agent", "neutron-dhcp-agent", "ctl-1");
        AddAgent("L3 agent", "neutron-l3-agent", "ctl-1");
    }

    public IReadOnlyList<JsonObject> Networks => All("networks");

    public IReadOnlyList<JsonObject> Subnets => All("subnets");

    public IReadOnlyList<JsonObject> Ports => All("ports");

    public IReadOnlyList<JsonObject> SecurityGroups => All("security-groups");

    public IReadOnlyList<JsonObject> SecurityGroupRulesOf(string groupId) =>
        [.. All("security-group-rules").Where(rule => (string?)rule["security_group_id"] == groupId)];

    public IReadOnlyList<JsonObject> AddressGroups => All("address-groups");

    public IReadOnlyList<JsonObject> RbacPolicies => All("rbac-policies");

    public IReadOnlyList<JsonObject> QosPolicies => All("qos/policies");

    public IReadOnlyList<JsonObject> Trunks => All("trunks");

    public IReadOnlyList<JsonObject> Routers => All("routers");

    public IReadOnlyList<JsonObject> FloatingIps => All("floatingips");

    public IReadOnlyList<JsonObject> NdpProxies => All("ndp_proxies");

    /// <summary>Largest MTU of a tunnel network of this cloud; of others <see cref="PhysicalMtu"/>.</summary>
    public int TunnelMtu { get; set; } = 1450;

    public int PhysicalMtu { get; set; } = 1500;

    /// <summary>What VLAN and flat networks may name.</summary>
    public ISet<string> PhysicalNetworks { get; } = new HashSet<string>(StringComparer.Ordinal) { "physnet1" };

    /// <summary>Types that this cloud's ML2 has drivers for; the first is what tenants get.</summary>
    public IReadOnlyList<string> NetworkTypes { get; set; } = ["vxlan", "vlan", "flat"];

    /// <summary>First and last id that a network of a tenant is given.</summary>
    public (int First, int Last) TenantSegments { get; set; } = (1, 1000);

    /// <summary>DHCP ports that the cloud makes by itself on a network once it has a subnet with DHCP: as many as it has agents for one network.</summary>
    public int DhcpAgentsPerNetwork { get; set; }

    /// <summary>A copy of everything in a collection, by its path (<c>ports</c>, <c>security-groups</c>, <c>qos/policies</c>), as an administrator sees it.</summary>
    public IReadOnlyList<JsonObject> All(string path) =>
        cloud.Locked(() => collections[path].Items.Values.Select(item => Show(Operator, collections[path], item)).ToList());

    /// <summary>How many have members that are so: for thousands, none of which is copied or shown.</summary>
    public int CountOf(string path, Func<JsonObject, bool> isSo) => cloud.Locked(() => collections[path].Items.Values.Count(item => isSo(item.Members)));

    public JsonObject? Find(string path, string id) =>
        cloud.Locked(() => collections[path].Items.GetValueOrDefault(id) is { } item ? Show(Operator, collections[path], item) : null);

    /// <summary>Makes something as an administrator would, by the rules; for preparing a test.</summary>
    public JsonObject Make(string path, string projectId, JsonObject asked) => cloud.Locked(() =>
    {
        asked["project_id"] ??= projectId;
        var collection = collections[path];
        return Show(Operator, collection, Create(Operator, collection, asked));
    });

    /// <summary>Sets members by hand and saves, as somebody else in the child would; no rule is asked.</summary>
    public void Change(string path, string id, Action<JsonObject> change) => cloud.Locked(() =>
    {
        var item = collections[path].Items[id];
        Unindex(collections[path], item);
        change(item.Members);
        Index(collections[path], item);
        Save(item);
    });

    /// <summary>Sets <c>ACTIVE</c>, <c>DOWN</c>, <c>BUILD</c> or <c>ERROR</c>, as an agent would: of a port that is gone nothing is said.</summary>
    public void SetPortStatus(string id, string status) => cloud.Locked(() =>
    {
        if (collections["ports"].Items.GetValueOrDefault(id) is { } port)
        {
            SetStatus(port, status);
        }
    });

    /// <summary>Gone by the hand of the child's operator; no rule is asked.</summary>
    public void Vanish(string path, string id) => cloud.Locked(() => Drop(collections[path], collections[path].Items[id]));

    /// <summary>Puts a port there as it is; no rule is asked.</summary>
    public void AddPort(JsonObject port) => cloud.Locked(() => Put(collections["ports"], port));

    /// <summary>Puts a network there as it is; no rule is asked.</summary>
    public void AddNetwork(JsonObject network) => cloud.Locked(() => Put(collections["networks"], network));

    /// <summary>Whole seconds, as the database keeps them.</summary>
    private DateTimeOffset Second
    {
        get
        {
            // Read once: two readings would give a little less than a whole second.
            var now = cloud.Now;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        }
    }

    /// <summary>The cloud's own administrator.</summary>
    private FakeCall Operator => field ??= new FakeCall
    {
        Request = new FakeRequest
        {
            Number = 0, At = cloud.Now, Service = "network", Method = "", Path = "/", Query = "", Body = "", RequestId = "", Headers = new Dictionary<string, string>(),
        },
        Query = Microsoft.AspNetCore.Http.QueryCollection.Empty,
        Token = new FakeToken
        {
            Value = "", UserId = "operator", ProjectId = "operator", Roles = ["admin"], IssuedAt = cloud.Now, ExpiresAt = DateTimeOffset.MaxValue,
        },
    };

    private void Save(FakeNetworkItem item)
    {
        item.Updated = Second;
        item.Revision++;
    }

    private void Put(FakeCollection collection, JsonObject members)
    {
        var item = new FakeNetworkItem
        {
            Id = (string)members["id"]!,
            ProjectId = (string?)members["project_id"] ?? "",
            Members = new JsonObject(members.Where(member => member.Key is not ("id" or "project_id")).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))),
            Created = Second,
            Updated = Second,
            Revision = 1,
        };
        collection.Items.Add(item.Id, item);
        Index(collection, item);
    }

    private void Drop(FakeCollection collection, FakeNetworkItem item)
    {
        collection.Items.Remove(item.Id);
        Unindex(collection, item);
        collection.Deleted(item);
    }

    private FakeNetworkItem Existing(string path, string id) =>
        collections[path].Items.GetValueOrDefault(id) ?? throw collections[path].NotFound(id);

    private static FakeRefusal Invalid(string words) => new(400, $"Invalid input for operation: {words}.", "InvalidInput");
}
