using Cascade.L3Proxy.Child;
using Cascade.NeutronAgent.Ports;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Placeholders;

/// <summary>The verbs of a placeholder, whose owner no tenant can give.</summary>
internal sealed class PlaceholderActuator(ChildCloud child, string projectId, string networkId, string macAddress)
    : ServicePortActuator<WantedPlaceholder>(child, projectId, networkId, macAddress, Placeholder.Owner)
{
    protected override IReadOnlyList<FixedIp> AddressesOf(WantedPlaceholder wanted) => wanted.FixedIps;

    public override Task UpdateAsync(Port seen, WantedPlaceholder wanted, CancellationToken cancelled) =>
        Neutron.Ports.UpdateAsync(Scope.Own, seen.Id, new() { Description = wanted.Description, FixedIps = wanted.FixedIps }, cancelled);

    public override Task DeleteAsync(Port seen, CancellationToken cancelled) => Placeholder.RemoveAsync(Cloud, seen.Id, cancelled);

    /// <summary>Takes away those for other ports of the parent, or of another MAC, that hold one of these addresses: the parent has given it to this one.</summary>
    public async Task FreeAsync(WantedPlaceholder wanted, CancellationToken cancelled)
    {
        var stale = await Neutron.Ports.ListAsync(Scope.Own, new() { NetworkIds = [NetworkId], DeviceOwners = [Placeholder.Owner] }, cancelled)
            .Where(seen => Placeholder.Is(seen) && !IsIt(seen) && seen.FixedIps?.Any(ip => wanted.FixedIps.Any(one => one.IpAddress == ip.IpAddress)) is true)
            .ToListAsync(cancelled);
        foreach (var seen in stale)
        {
            await DeleteAsync(seen, cancelled);
        }
    }

    protected override bool IsIt(Port seen) => Placeholder.Is(seen) && base.IsIt(seen);
}
