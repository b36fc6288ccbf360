using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Child;

namespace Cascade.L2Proxy.AddressGroups;

/// <summary>What an address group of the child shall hold.</summary>
internal static class AddressGroupMap
{
    const int LongestName = 255;

    /// <summary>A group of the parent's, one to one.</summary>
    public static WantedAddresses Wanted(NeutronAddressGroup of)
    {
        var addresses = Prefix.All(of.Addresses);
        return new(of.Id, of.Name ?? "", addresses, addresses);
    }

    /// <summary>
    /// The members of a security group that live outside of this child: a remote group of the child knows only its own ports. One that is here as well may be
    /// listed, the child allows it anyway: so a port that is made, then bound here, costs no word.
    /// </summary>
    /// <param name="groupId">The parent's security group.</param>
    /// <param name="name">Its name.</param>
    /// <param name="members">All addresses of its ports, wherever they are.</param>
    /// <param name="here">Those of its ports in this child.</param>
    public static WantedAddresses Elsewhere(string groupId, string? name, IEnumerable<string> members, IEnumerable<string> here)
    {
        var all = Prefix.All(members);
        var local = Prefix.All(here);
        return new(groupId, Cut($"members of {name} elsewhere"), all.Where(address => !local.Contains(address)).ToHashSet(StringComparer.Ordinal), all);
    }

    public static AddressDifference Difference(IEnumerable<string>? seen, WantedAddresses wanted)
    {
        var there = Prefix.All(seen ?? []);
        return new(
            [.. wanted.Must.Where(address => !there.Contains(address)).Order(StringComparer.Ordinal)],
            [.. there.Where(address => !wanted.May.Contains(address)).Order(StringComparer.Ordinal)]);
    }

    static string Cut(string name) => name.Length <= LongestName ? name : name[..LongestName];
}

/// <param name="ParentId">What the stamp names: the parent's address group, or its security group.</param>
/// <param name="Must">What has to be in it.</param>
/// <param name="May">What need not be taken out.</param>
internal sealed record WantedAddresses(string ParentId, string Name, IReadOnlySet<string> Must, IReadOnlySet<string> May)
{
    public string Description => Stamp.Of(ParentId);
}

internal sealed record AddressDifference(IReadOnlyList<string> Missing, IReadOnlyList<string> Surplus)
{
    public bool IsNone => Missing.Count == 0 && Surplus.Count == 0;
}
