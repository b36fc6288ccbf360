using Cascade.Contracts.Neutron.Objects;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>A group of the parent and what stands for it.</summary>
/// <param name="ChildId">Null while nothing does.</param>
internal sealed record MirroredGroup(string ParentId, string? ChildId, string? Name)
{
    /// <summary>Its rules are the parent's; else it only exists, because rules of others name it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The parent's groups that its rules name.</summary>
    public IReadOnlySet<string> Remotes { get; init; } = new HashSet<string>();

    /// <summary>The groups and ethertypes for which its rules name them.</summary>
    public IReadOnlySet<string> Families { get; init; } = new HashSet<string>();

    /// <summary>The parent's address groups that its rules name.</summary>
    public IReadOnlySet<string> AddressGroups { get; init; } = new HashSet<string>();

    /// <summary>All that its rules name: ids of groups and of address groups never meet.</summary>
    public IEnumerable<string> Named => Remotes.Concat(AddressGroups);

    /// <summary>The parent's ids of its rules.</summary>
    public IReadOnlyList<string> RuleIds { get; init; } = [];
}

/// <summary>What a port means for security groups: its fixed addresses and its allowed pairs count as members
/// (neutron/db/securitygroups_rpc_base.py: _select_ips_for_remote_group).</summary>
internal sealed record PortMembership(IReadOnlySet<string> Groups, IReadOnlySet<string> Addresses)
{
    public static PortMembership Of(NeutronPort port) => new(
        port.SecurityGroupIds.ToHashSet(StringComparer.Ordinal),
        port.FixedIps.Select(ip => ip.IpAddress).Concat(port.AllowedAddressPairs.Select(pair => pair.IpAddress)).OfType<string>().ToHashSet(StringComparer.Ordinal));

    public bool Equals(PortMembership? other) => other is not null && Groups.SetEquals(other.Groups) && Addresses.SetEquals(other.Addresses);

    public override int GetHashCode() => Groups.Count ^ Addresses.Count;
}
