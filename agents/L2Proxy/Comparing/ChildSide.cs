using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Comparing;

/// <summary>Everything of ours in the child, as lists showed it.</summary>
internal sealed class ChildSide(IReadOnlyList<NetworkInfo> networks, IReadOnlyList<Subnet> subnets, IReadOnlyList<RbacPolicy> shares, IReadOnlyList<Port> ports)
{
    static readonly HashSet<string> Nobody = [];

    readonly ILookup<string, NetworkInfo> byParent = networks.ToLookup(network => Stamp.ParentOf(network.Description)!, StringComparer.Ordinal);
    readonly ILookup<string, Subnet> byNetwork = subnets.ToLookup(subnet => subnet.NetworkId ?? "", StringComparer.Ordinal);
    readonly ILookup<string, string> sharedWith = shares.ToLookup(policy => policy.ObjectId ?? "", policy => policy.TargetTenant ?? "", StringComparer.Ordinal);
    readonly Dictionary<(string Network, string Mac), Port> byMac = Index(ports);

    public IReadOnlyList<NetworkInfo> Networks => networks;

    public IReadOnlyList<Port> Ports => ports;

    public Port? Port(string networkId, string macAddress) => byMac.GetValueOrDefault((networkId, Lower(macAddress)));

    /// <summary>What stands for a network of the parent.</summary>
    public NetworkInfo? Network(string parentId) => Oldest.Of(byParent[parentId]);

    public IEnumerable<Subnet> Subnets(string networkId) => byNetwork[networkId];

    public NetworkFacts Facts(
        NeutronNetwork network, IReadOnlyList<NeutronSubnet> of, IReadOnlyDictionary<string, IReadOnlyList<string>> reserved, string ourProject)
    {
        var stands = Network(network.Id);
        return new(
            network,
            of,
            reserved,
            stands,
            stands is null ? [] : [.. byNetwork[stands.Id]],
            stands is null ? Nobody : sharedWith[stands.Id].Append(ourProject).ToHashSet(StringComparer.Ordinal));
    }

    static Dictionary<(string Network, string Mac), Port> Index(IEnumerable<Port> ports)
    {
        var found = new Dictionary<(string, string), Port>();
        foreach (var port in ports.Where(port => port is { NetworkId: not null, MacAddress: not null } && !PortActuator.IsService(port)))
        {
            found[(port.NetworkId!, Lower(port.MacAddress!))] = port;
        }

        return found;
    }

#pragma warning disable CA1308 // MACs are written in lower case.
    static string Lower(string mac) => mac.ToLowerInvariant();
#pragma warning restore CA1308
}
