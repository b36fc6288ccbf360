using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>
/// The objects that agents may ask for and be told of, each at Zed's version. A version above the server's own ends the pushes of that object to
/// everybody (neutron/api/rpc/handlers/resources_rpc.py: ResourcesPushRpcApi._push raises InvalidTargetVersion); an older one is served by all.
/// </summary>
public static class NeutronObjects
{
    public const string Port = "Port";
    public const string Network = "Network";
    public const string Subnet = "Subnet";
    public const string SecurityGroup = "SecurityGroup";
    public const string SecurityGroupRule = "SecurityGroupRule";
    public const string AddressGroup = "AddressGroup";
    public const string QosPolicy = "QosPolicy";
    public const string Trunk = "Trunk";
    public const string SubPort = "SubPort";
    public const string PortForwarding = "PortForwarding";
    public const string ConntrackHelper = "ConntrackHelper";
    public const string NdpProxy = "NDPProxy";

    /// <summary>What an agent reports as <c>resource_versions</c> (neutron/api/rpc/callbacks/resources.py: LOCAL_RESOURCE_VERSIONS).</summary>
    public static IReadOnlyDictionary<string, string> Versions { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [AddressGroup] = "1.2",
        ["Agent"] = "1.1",
        [ConntrackHelper] = "1.0",
        ["LocalIPAssociation"] = "1.0",
        ["Log"] = "1.0",
        [NdpProxy] = "1.0",
        [Network] = "1.1",
        [Port] = "1.7",
        [PortForwarding] = "1.3",
        [QosPolicy] = "1.10",
        [SecurityGroup] = "1.5",
        [SecurityGroupRule] = "1.2",
        [SubPort] = "1.0",
        [Subnet] = "1.1",
        [Trunk] = "1.1",
    };

    /// <summary>The types an agent of the second layer listens for: those of its cache (agent/rpc.py: CacheBackedPluginApi.RESOURCE_TYPES), QoS and trunks.</summary>
    public static IReadOnlyList<string> Pushed { get; } =
        [Port, Network, Subnet, SecurityGroup, SecurityGroupRule, AddressGroup, QosPolicy, Trunk, SubPort];

    /// <summary>
    /// The types an agent of the third layer listens for: those of its extensions (neutron/agent/l3/extensions: port_forwarding, conntrack_helper, ndp_proxy, qos).
    /// It reports no versions, so it hears the server's own: the same in every release.
    /// </summary>
    public static IReadOnlyList<string> PushedToRouters { get; } = [PortForwarding, ConntrackHelper, NdpProxy, QosPolicy];

    public static string Version(string type) => Versions[type];

    public static JsonObject ResourceVersions() => new(Versions.Select(of => KeyValuePair.Create(of.Key, (JsonNode?)of.Value)));
}
