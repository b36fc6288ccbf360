using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.Subnets;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Networks;

/// <summary>A network as both clouds show it.</summary>
/// <param name="Parent">The parent's.</param>
/// <param name="ParentSubnets">The parent's subnets of it.</param>
/// <param name="Reserved">What the parent reserved for the child's DHCP: its subnet → addresses.</param>
/// <param name="Child">What stands for it; null when nothing does.</param>
/// <param name="ChildSubnets">All subnets of that.</param>
/// <param name="Shares">With whom that is shared.</param>
internal sealed record NetworkFacts(
    NeutronNetwork Parent,
    IReadOnlyList<NeutronSubnet> ParentSubnets,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Reserved,
    NetworkInfo? Child,
    IReadOnlyList<Subnet> ChildSubnets,
    IReadOnlySet<string> Shares)
{
    /// <summary>What is to be done so that it is as wanted; empty when it is.</summary>
    /// <param name="wanted">By <see cref="NetworkMap"/>.</param>
    /// <param name="mtu">The largest that the child carries, as far as it is known.</param>
    /// <param name="projects">Who needs it in the child.</param>
    public IEnumerable<string> Differences(WantedNetwork wanted, int? mtu, IEnumerable<string> projects)
    {
        if (Child is null)
        {
            return ["missing"];
        }

        return (NetworkBody.Difference(Child, wanted, mtu)?.Members ?? [])
            .Concat(ParentSubnets.SelectMany(Differences))
            .Concat(Strays.Select(stray => $"subnet {stray.Id} is too many"))
            .Concat(projects.Where(project => !Shares.Contains(project)).Select(project => $"not shared with {project}"));
    }

    /// <summary>The child's subnet for the parent's.</summary>
    public Subnet? ChildOf(NeutronSubnet subnet) => ChildSubnets.FirstOrDefault(seen => Stamp.ParentOf(seen.Description) == subnet.Id);

    /// <summary>Ours, for subnets that the parent no longer has.</summary>
    public IEnumerable<Subnet> Strays =>
        ChildSubnets.Where(seen => Stamp.ParentOf(seen.Description) is { } parent && ParentSubnets.All(subnet => subnet.Id != parent));

    public WantedSubnet Wanted(NeutronSubnet subnet)
    {
        var wanted = SubnetMap.Wanted(subnet, Reserved.GetValueOrDefault(subnet.Id) ?? []);
        // A server of the child's without an address of the parent's would take one that is somebody else's.
        return IsFull(subnet) ? wanted with { EnableDhcp = false } : wanted;
    }

    public MirroredNetwork Mirrored(WantedNetwork wanted) => new(
        Parent.Id,
        Child!.Id,
        ParentSubnets.Select(subnet => (Subnet: subnet, Seen: ChildOf(subnet))).Where(pair => pair.Seen is not null)
            .ToDictionary(pair => pair.Subnet.Id, pair => new ChildSubnet(pair.Seen!.Id, SubnetMap.IsAutomatic(pair.Subnet), IsFull(pair.Subnet)), StringComparer.Ordinal),
        Shares,
        NetworkBody.OtherSegment(Child, wanted));

    /// <summary>The parent has no address of it for the child's DHCP: guests on it would wait for theirs in vain.</summary>
    bool IsFull(NeutronSubnet subnet) => subnet.EnableDhcp is not false && !Reserved.ContainsKey(subnet.Id);

    IEnumerable<string> Differences(NeutronSubnet subnet) =>
        IsFull(subnet) ? [$"no address of subnet {subnet.Id} is reserved"]
        : ChildOf(subnet) is not { } seen ? [$"subnet {subnet.Id} is missing"]
        : SubnetBody.Difference(seen, Wanted(subnet))?.Members.Select(member => $"subnet {subnet.Id}: {member}") ?? [];
}
