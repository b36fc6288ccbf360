using Cascade.Contracts.Neutron.Objects;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>What was read in bulk, so that comparing a thousand groups asks for none of them by itself.</summary>
/// <param name="Parents">The parent's groups with their rules.</param>
/// <param name="Seen">The child's, by the parent's id.</param>
/// <param name="Addresses">The child's address groups, by the parent's id.</param>
/// <param name="Members">Addresses of remote groups.</param>
/// <param name="Listed">The parent's address groups.</param>
internal sealed record GroupFacts(
    IReadOnlyDictionary<string, NeutronSecurityGroup> Parents,
    IReadOnlyDictionary<string, SecurityGroup> Seen,
    IReadOnlyDictionary<string, AddressGroup> Addresses,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Members,
    IReadOnlyDictionary<string, NeutronAddressGroup> Listed)
{
    /// <summary>Nothing: everything is asked for where it is needed.</summary>
    public static GroupFacts None { get; } = new(
        new Dictionary<string, NeutronSecurityGroup>(),
        new Dictionary<string, SecurityGroup>(),
        new Dictionary<string, AddressGroup>(),
        new Dictionary<string, IReadOnlySet<string>>(),
        new Dictionary<string, NeutronAddressGroup>());
}
