using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Child;

/// <summary>
/// The verbs of a port on a network of ours that no server uses, with the parent's MAC and addresses, in our own project. What tells it is its network and its MAC. Neutron
/// keeps port security off for owners that begin with <c>network:</c> (neutron/plugins/ml2/extensions/port_security.py: _determine_port_security), and it needs no security groups.
/// </summary>
/// <param name="owner">Its owner from the create call on, so that nobody takes it for a server's.</param>
internal abstract class ServicePortActuator<TWanted>(ChildCloud child, string projectId, string networkId, string macAddress, string owner) : NeutronActuator<TWanted, Port>("port")
{
    protected ChildCloud Cloud => child;

    protected NetworkClient Neutron => child.Cloud.Network;

    protected string ProjectId => projectId;

    protected string NetworkId => networkId;

    public sealed override string IdOf(Port seen) => seen.Id;

    public sealed override async Task<Port?> FindAsync(string childId, CancellationToken cancelled) =>
        await Neutron.Ports.FindAsync(Scope.Own, childId, cancelled) is { } seen && IsIt(seen) ? seen : null;

    public sealed override async Task<Port?> AdoptAsync(string parentId, CancellationToken cancelled) =>
        await Neutron.Ports.ListAsync(Scope.Own, new() { NetworkIds = [networkId], MacAddresses = [macAddress] }, cancelled).FirstOrDefaultAsync(IsIt, cancelled);

    protected sealed override async Task<Port> MakeAsync(string parentId, TWanted wanted, CancellationToken cancelled)
    {
        var aliases = await Neutron.Extensions.AliasesAsync(Scope.Own, cancelled);
        return await Neutron.Ports.CreateAsync(
            Scope.Own,
            new()
            {
                NetworkId = networkId,
                ProjectId = projectId,
                Description = Stamp.Of(parentId),
                MacAddress = macAddress,
                FixedIps = AddressesOf(wanted),
                DeviceOwner = owner,
                SecurityGroups = aliases.Contains(Extension.SecurityGroup) ? [] : null,
                PortSecurityEnabled = aliases.Contains(Extension.PortSecurity) ? false : null,
            },
            cancelled);
    }

    /// <summary>What a fault means is for who asked to judge.</summary>
    protected sealed override bool IsRefusal(CloudFault fault) => false;

    protected abstract IReadOnlyList<FixedIp> AddressesOf(TWanted wanted);

    protected virtual bool IsIt(Port seen) => seen.NetworkId == networkId && string.Equals(seen.MacAddress, macAddress, StringComparison.OrdinalIgnoreCase);
}
