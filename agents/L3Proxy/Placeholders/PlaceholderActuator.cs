using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Ports;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Placeholders;

/// <summary>
/// The verbs of a placeholder: the parent's MAC and addresses, in our own project, with an owner that no tenant can give. No server ever uses it, so it needs no security
/// groups, and Neutron keeps port security off for such owners (neutron/plugins/ml2/extensions/port_security.py: _determine_port_security).
/// </summary>
internal sealed class PlaceholderActuator(ChildCloud child, string projectId, string networkId, string macAddress) : NeutronActuator<WantedPlaceholder, Port>("port")
{
    NetworkClient Neutron => child.Cloud.Network;

    public override string IdOf(Port seen) => seen.Id;

    public override async Task<Port?> FindAsync(string childId, CancellationToken cancelled) =>
        await Neutron.Ports.FindAsync(Scope.Own, childId, cancelled) is { } seen && IsIt(seen) ? seen : null;

    public override async Task<Port?> AdoptAsync(string parentId, CancellationToken cancelled) =>
        await Neutron.Ports.ListAsync(Scope.Own, new() { NetworkIds = [networkId], MacAddresses = [macAddress] }, cancelled).FirstOrDefaultAsync(IsIt, cancelled);

    protected override async Task<Port> MakeAsync(string parentId, WantedPlaceholder wanted, CancellationToken cancelled)
    {
        var aliases = await Neutron.Extensions.AliasesAsync(Scope.Own, cancelled);
        return await Neutron.Ports.CreateAsync(
            Scope.Own,
            new()
            {
                NetworkId = networkId,
                ProjectId = projectId,
                Description = wanted.Description,
                MacAddress = macAddress,
                FixedIps = wanted.FixedIps,
                DeviceOwner = Placeholder.Owner,
                SecurityGroups = aliases.Contains(Extension.SecurityGroup) ? [] : null,
                PortSecurityEnabled = aliases.Contains(Extension.PortSecurity) ? false : null,
            },
            cancelled);
    }

    /// <summary>What a fault means is for who asked to judge.</summary>
    protected override bool IsRefusal(CloudFault fault) => false;

    public override Task UpdateAsync(Port seen, WantedPlaceholder wanted, CancellationToken cancelled) =>
        Neutron.Ports.UpdateAsync(Scope.Own, seen.Id, new() { Description = wanted.Description, FixedIps = wanted.FixedIps }, cancelled);

    public override Task DeleteAsync(Port seen, CancellationToken cancelled) => Placeholder.RemoveAsync(child, seen.Id, cancelled);

    /// <summary>Takes away those for other ports of the parent, or of another MAC, that hold one of these addresses: the parent has given it to this one.</summary>
    public async Task FreeAsync(WantedPlaceholder wanted, CancellationToken cancelled)
    {
        var stale = await Neutron.Ports.ListAsync(Scope.Own, new() { NetworkIds = [networkId], DeviceOwners = [Placeholder.Owner] }, cancelled)
            .Where(seen => Placeholder.Is(seen) && !IsIt(seen) && seen.FixedIps?.Any(ip => wanted.FixedIps.Any(one => one.IpAddress == ip.IpAddress)) is true)
            .ToListAsync(cancelled);
        foreach (var seen in stale)
        {
            await DeleteAsync(seen, cancelled);
        }
    }

    bool IsIt(Port seen) => Placeholder.Is(seen) && seen.NetworkId == networkId && string.Equals(seen.MacAddress, macAddress, StringComparison.OrdinalIgnoreCase);
}
