using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.L2Proxy.Trunks;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Ports;

/// <summary>
/// Takes out of the child what stood for a port that is gone or bound elsewhere. One that a server there holds stays until the server lets go of it: nova takes
/// it away first, and the watch sees that.
/// </summary>
internal sealed class PortRemoval(
    ChildCloud cloud,
    NetworkBook networks,
    ISecurityGroups groups,
    IQosPolicies qos,
    ITrunks trunks,
    PortBook book,
    PortExpectations expectations,
    Agendas agendas,
    ILogger<PortRemoval> log)
{
    public async Task LeaveAsync(string portId, CancellationToken cancelled)
    {
        var entry = book.Find(portId);
        foreach (var seen in await StandingForAsync(portId, entry, cancelled))
        {
            await LeaveAsync(seen, portId, cancelled);
        }

        Forget(portId, entry);
    }

    /// <summary>
    /// It is a router's now: what we made for it goes. What only carries its stamp is left alone, even without an owner: the agent of routers may have been stopped
    /// between two steps.
    /// </summary>
    /// <returns>Whether it was ours until now.</returns>
    public async Task<bool> HandOverAsync(string portId, CancellationToken cancelled)
    {
        var entry = book.Find(portId);
        foreach (var seen in await LinkedAsync(portId, entry, cancelled))
        {
            if (PortActuator.IsService(seen))
            {
                book.Left(seen.Id);
            }
            else
            {
                await LeaveAsync(seen, portId, cancelled);
            }
        }

        Forget(portId, entry);
        return entry is not null;
    }

    /// <returns>False when a server holds it and it stays for now.</returns>
    public async Task<bool> LeaveAsync(Port seen, string portId, CancellationToken cancelled)
    {
        if (PortActuator.IsHeld(seen))
        {
            book.Leaves(seen.Id, portId);
            expectations.Expect(seen.Id);
            Log.PortHeld(log, seen.Id, portId, seen.DeviceId!);
            return false;
        }

        await trunks.GoneAsync(portId, seen, cancelled);
        try
        {
            await new PortActuator(cloud, seen.NetworkId!, seen.MacAddress!).DeleteAsync(seen, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            throw new LaterException(TimeSpan.FromSeconds(5), $"port {seen.Id}, which stood for {portId}, cannot go yet: {Faults.Text(fault)}");
        }

        book.Left(seen.Id);
        Log.PortRemoved(log, seen.Id, portId);
        if (networks.ParentOf(seen.NetworkId) is { } network)
        {
            agendas.Network(network);
        }

        return true;
    }

    void Forget(string portId, PortEntry? entry)
    {
        book.Remove(portId);
        groups.Gone(portId);
        qos.Gone(portId);
        if (entry is not null)
        {
            agendas.Network(entry.NetworkId);
        }
    }

    /// <summary>What is linked; without a link what carries the stamp, on networks of ours only.</summary>
    async Task<IReadOnlyList<Port>> StandingForAsync(string portId, PortEntry? entry, CancellationToken cancelled)
    {
        var found = await LinkedAsync(portId, entry, cancelled);
        return found.Count > 0 ? found : await cloud.Cloud.Network.Ports
            .ListAsync(Scope.Own, new() { Description = Stamp.Of(portId) }, cancelled)
            .Where(seen => Stamp.ParentOf(seen.Description) == portId && networks.ParentOf(seen.NetworkId) is not null && !PortActuator.IsService(seen))
            .ToListAsync(cancelled);
    }

    async Task<IReadOnlyList<Port>> LinkedAsync(string portId, PortEntry? entry, CancellationToken cancelled)
    {
        var found = new Dictionary<string, Port>(StringComparer.Ordinal);
        foreach (var linked in book.LeavingOf(portId).Concat(entry?.ChildId is { } childId ? [childId] : []))
        {
            if (await cloud.Cloud.Network.Ports.FindAsync(Scope.Own, linked, cancelled) is { } known)
            {
                found[known.Id] = known;
            }
            else
            {
                book.Left(linked);
            }
        }

        return [.. found.Values];
    }
}
