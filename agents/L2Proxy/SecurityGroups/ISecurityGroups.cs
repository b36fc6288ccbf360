using Cascade.Contracts.Neutron.Objects;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>The child's security groups for the parent's.</summary>
internal interface ISecurityGroups
{
    /// <summary>
    /// A port of this host is looked at: its groups are made where they are missing, with all their rules, and are kept from now on. Quick when they are there.
    /// </summary>
    /// <returns>The parent's id → the child's, for each group of the port.</returns>
    /// <exception cref="NeutronAgent.Looking.RefusedException">The child does not take a group or one of its rules.</exception>
    Task<IReadOnlyDictionary<string, string>> EnsureAsync(NeutronPort port, CancellationToken cancelled);

    /// <summary>Of a port whose groups the child does not take whole: the parent's id → the child's; null when any of them is not there at all.</summary>
    IReadOnlyDictionary<string, string>? Known(NeutronPort port);

    /// <summary>The port is no longer mirrored here: groups that nobody needs go after a while.</summary>
    void Gone(string portId);

    /// <summary>The child says that it has no such groups: they are looked up anew.</summary>
    void Forget(IEnumerable<string> ids);

    /// <summary>Compares all groups of both clouds and mends the difference.</summary>
    /// <param name="here">Every port of this host that is to be mirrored.</param>
    Task ReconcileAsync(IReadOnlyCollection<NeutronPort> here, CancellationToken cancelled);
}
