using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Ports;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Ports;

/// <summary>A port that the child refuses with 409: who has what it needs, and what can be done about that.</summary>
internal sealed class PortConflicts(ParentView parent, ChildCloud cloud, PortRemoval removal, Agendas agendas, MirrorRules rules, ILogger<PortConflicts> log)
{
    /// <returns>What to throw: try again, or refused.</returns>
    public async Task<Exception> ResolveAsync(CloudFault fault, NeutronPort port, WantedPort wanted, CancellationToken cancelled)
    {
        if (await ServiceAsync(wanted, cancelled) is { } holds && Placeholder.Is(holds))
        {
            return await TakeAsync(holds, port, cancelled);
        }

        if (fault.Code is NetworkError.IpAddressInUse or NetworkError.IpAddressAlreadyAllocated)
        {
            foreach (var address in wanted.FixedIps.Where(ip => ip is { Automatic: false, Address: not null }))
            {
                if (await HolderAsync(wanted, address.Address!, cancelled) is { } holder)
                {
                    return await ResolveAsync(holder, address.Address!, port, wanted, cancelled);
                }
            }
        }

        if (fault.Code is NetworkError.MacAddressInUse && await ServiceAsync(wanted, cancelled) is { } service)
        {
            // Drawn by the child for itself. Rare (one in 16 million a pair), certain to happen in clouds of a million ports, and nothing but this port stands in its way.
            return new RefusedException(
                $"MAC {wanted.MacAddress} of port {port.Id} is that of the child's own port {service.Id} ({service.DeviceOwner}): delete that one, the child makes itself another");
        }

        // Somebody else was at it at the same time: the next look finds it by its MAC.
        return new LaterException(TimeSpan.FromSeconds(2), $"port {port.Id} meets another in the child: {Faults.Text(fault)}");
    }

    /// <summary>The parent gave it another MAC since we last looked: the port that stands for it gets it too.</summary>
    /// <exception cref="RefusedException">A server holds it.</exception>
    public async Task RenameAsync(NeutronPort port, WantedPort wanted, PortEntry? before, CancellationToken cancelled)
    {
        if (before is not { ChildId: { } linked } || string.Equals(before.MacAddress, wanted.MacAddress, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (await cloud.Cloud.Network.Ports.FindAsync(Scope.Own, linked, cancelled) is { } seen && !string.Equals(seen.MacAddress, wanted.MacAddress, StringComparison.OrdinalIgnoreCase))
        {
            await RenameAsync(seen, port, wanted, cancelled);
        }
    }

    async Task<Exception> ResolveAsync(Port holder, string address, NeutronPort port, WantedPort wanted, CancellationToken cancelled)
    {
        var stamped = Stamp.ParentOf(holder.Description);
        if (Placeholder.Is(holder))
        {
            return await TakeAsync(holder, port, cancelled);
        }

        if (stamped == port.Id)
        {
            await RenameAsync(holder, port, wanted, cancelled);
            return new LaterException(TimeSpan.Zero, $"port {holder.Id} got the new MAC of {port.Id}");
        }

        if (stamped is null || PortActuator.IsService(holder))
        {
            return new RefusedException($"address {address} of port {port.Id} is held in the child by port {holder.Id} ({holder.DeviceOwner ?? "unused"}), which is not ours");
        }

        Log.AddressHeld(log, address, port.Id, holder.Id, stamped);
        var other = await parent.PortAsync(stamped, cancelled);
        var place = PortPlaces.Of(other, rules.Host);
        if (place is PortPlace.Here && !other!.FixedIps.Any(ip => ip.IpAddress == address))
        {
            // Two that have changed addresses would wait for each other for ever.
            await cloud.Cloud.Network.Ports.UpdateAsync(Scope.Own, holder.Id, new() { FixedIps = [.. (holder.FixedIps ?? []).Where(ip => ip.IpAddress != address)] }, cancelled);
            agendas.Port(stamped);
            return new LaterException(TimeSpan.Zero, $"port {holder.Id}, which stands for {stamped}, has let go of address {address} of port {port.Id}");
        }

        if (place is PortPlace.Here or PortPlace.Routing)
        {
            // The parent gave the address to another port; that one's turn takes it away here, or the agent of routers does.
            agendas.Port(stamped);
            return new LaterException(TimeSpan.FromSeconds(2), $"address {address} of port {port.Id} is still held by port {holder.Id}, which stands for {stamped}");
        }

        return await removal.LeaveAsync(holder, stamped, cancelled)
            ? new LaterException(TimeSpan.Zero, $"address {address} of port {port.Id} was held by port {holder.Id}, whose parent is gone")
            : new LaterException(TimeSpan.FromSeconds(5), $"address {address} of port {port.Id} is held by port {holder.Id}, which is to go and which a server still uses");
    }

    /// <summary>The agent of routers made it while the parent's was bound nowhere; it leads to this one from now on.</summary>
    async Task<Exception> TakeAsync(Port placeholder, NeutronPort port, CancellationToken cancelled)
    {
        await Placeholder.RemoveAsync(cloud, placeholder.Id, cancelled);
        Log.PlaceholderTaken(log, placeholder.Id, port.Id);
        return new LaterException(TimeSpan.Zero, $"port {placeholder.Id} held the place of {port.Id}");
    }

    /// <summary>It stands for the same port, which has got another MAC. Only while it is bound nowhere (409 PortBound else).</summary>
    async Task RenameAsync(Port holder, NeutronPort port, WantedPort wanted, CancellationToken cancelled)
    {
        if (PortActuator.IsHeld(holder))
        {
            throw new RefusedException($"port {port.Id} has another MAC now, and a server in the child holds {holder.Id} with the old one");
        }

        await cloud.Cloud.Network.Ports.UpdateAsync(Scope.Own, holder.Id, new() { MacAddress = wanted.MacAddress }, cancelled);
    }

    async Task<Port?> ServiceAsync(WantedPort wanted, CancellationToken cancelled) => await cloud.Cloud.Network.Ports
        .ListAsync(Scope.Own, new() { NetworkIds = [wanted.NetworkId], MacAddresses = [wanted.MacAddress] }, cancelled)
        .FirstOrDefaultAsync(PortActuator.IsService, cancelled);

    async Task<Port?> HolderAsync(WantedPort wanted, string address, CancellationToken cancelled) => await cloud.Cloud.Network.Ports
        .ListAsync(Scope.Own, new() { NetworkIds = [wanted.NetworkId], FixedIps = [$"ip_address={address}"] }, cancelled)
        .FirstOrDefaultAsync(
            seen => seen.FixedIps?.Any(ip => ip.IpAddress == address) is true && !string.Equals(seen.MacAddress, wanted.MacAddress, StringComparison.OrdinalIgnoreCase), cancelled);
}
