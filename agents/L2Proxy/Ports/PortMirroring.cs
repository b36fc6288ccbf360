using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.L2Proxy.Trunks;
using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Ports;
using Cascade.NeutronAgent.Qos;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Ports;

/// <summary>
/// One look at one port of the parent: read it as it is now, make the child's like it, tell the parent what is true. Called again after a crash at any point
/// it ends the same. Looks at one port never overlap (<see cref="Agenda"/>).
/// </summary>
internal sealed class PortMirroring(
    ParentView parent,
    ChildCloud cloud,
    ChildNetworks child,
    NetworkMirroring networks,
    RouterPortMirroring routers,
    ISecurityGroups groups,
    IQosPolicies qos,
    ITrunks trunks,
    PortBook book,
    PortTeller teller,
    PortRemoval removal,
    PortConflicts conflicts,
    PortExpectations expectations,
    PortEvents events,
    MirrorRules rules,
    TimeProvider time,
    ILogger<PortMirroring> log)
{
    public async Task LookAsync(string id, CancellationToken cancelled)
    {
        book.Touched.Add(id);
        var port = await parent.PortAsync(id, cancelled);
        switch (PortPlaces.Of(port, rules.Host))
        {
            case PortPlace.Here:
                await EnsureAsync(port!, cancelled);
                routers.Leave(id);
                break;
            case PortPlace.Routing:
                await routers.EnsureAsync(port!, cancelled);
                break;
            default:
                await removal.LeaveAsync(id, cancelled);
                routers.Leave(id);
                break;
        }
    }

    /// <summary>What the child's port shall be.</summary>
    /// <param name="port">The parent's.</param>
    /// <param name="network">What stands for its network.</param>
    /// <exception cref="RefusedException">The child cannot hold it.</exception>
    public async Task<WantedPort> WantedAsync(NeutronPort port, MirroredNetwork network, CancellationToken cancelled)
    {
        var traits = await child.TraitsAsync(cancelled);
        PortMap.Refuse(port, traits, rules.VnicTypes);
        var policy = await qos.EnsureAsync(port.QosPolicyId, port.Id, cancelled);
        return PortMap.Wanted(port, network.ChildId, network.Subnets, await groups.EnsureAsync(port, cancelled), policy, traits, rules.VnicTypes);
    }

    async Task EnsureAsync(NeutronPort port, CancellationToken cancelled)
    {
        PortMap.Refuse(port, await child.TraitsAsync(cancelled), rules.VnicTypes);
        var before = book.Find(port.Id);
        // Known before the network is made: a network that a port is on its way to is not taken away.
        book.Set(Entry(port, before));
        var network = await networks.EnsureAsync(port, cancelled);
        var (wanted, refused) = await WantedOrPartAsync(port, network, before, cancelled);
        var asked = time.GetTimestamp();
        var (seen, origin) = await MakeAsync(port, network, wanted, before, cancelled);
        // It was to go when its server let go of it, and is the parent's here again.
        book.Left(seen.Id);
        var entry = book.Learn(Entry(port, before) with { ChildId = seen.Id, Seen = seen.Status, Mark = PortMarks.Of(seen), Looked = asked, Wanted = wanted });
        await trunks.EnsureAsync(port, seen, cancelled);
        if (origin is not Origin.Linked)
        {
            events.Ready(entry);
            expectations.Expect(seen.Id);
        }

        await teller.TellAsync(entry, PortReport.Of(port.Status, entry.AdminUp, entry.Seen), cancelled);
        if (refused is not null)
        {
            throw refused;
        }
    }

    /// <summary>
    /// Of a port that is in the child already a group or a policy that the child does not take keeps nothing else: what is shut in the parent is shut there. A new one is not made
    /// with less than it shall have.
    /// </summary>
    /// <returns>What it shall be, and what is not so for now.</returns>
    async Task<(WantedPort Wanted, RefusedException? Refused)> WantedOrPartAsync(NeutronPort port, MirroredNetwork network, PortEntry? before, CancellationToken cancelled)
    {
        try
        {
            return (await WantedAsync(port, network, cancelled), null);
        }
        catch (RefusedException refused)
        {
            if (groups.Known(port) is not { } known
                || (before?.ChildId is null && await new PortActuator(cloud, network.ChildId, port.MacAddress!).AdoptAsync(port.Id, cancelled) is null))
            {
                throw;
            }

            var part = PortMap.Wanted(port, network.ChildId, network.Subnets, known, null, await child.TraitsAsync(cancelled), rules.VnicTypes);
            return (part with { HasQos = false }, refused);
        }
    }

    async Task<(Port Seen, Origin Origin)> MakeAsync(NeutronPort port, MirroredNetwork network, WantedPort wanted, PortEntry? before, CancellationToken cancelled)
    {
        var actuator = new PortActuator(cloud, wanted.NetworkId, wanted.MacAddress);
        try
        {
            await conflicts.RenameAsync(port, wanted, before, cancelled);
            var found = await new Mirror<WantedPort, Port>(actuator, log).EnsureAsync(port.Id, new BookLink(before?.ChildId), _ => Task.FromResult(wanted), cancelled);
            if (found.Origin is not Origin.Created && PortBody.Difference(found.Seen, wanted) is { } change)
            {
                Log.PortChanged(log, found.Seen.Id, port.Id, change.ToString());
                return (await cloud.Cloud.Network.Ports.UpdateAsync(Scope.Own, found.Seen.Id, change.Update, cancelled), found.Origin);
            }

            return (found.Seen, found.Origin);
        }
        catch (CloudFault fault) when (fault.Code is "SecurityGroupNotFound")
        {
            groups.Forget(port.SecurityGroupIds);
            throw new LaterException(TimeSpan.FromSeconds(1), $"the child has lost a security group of port {port.Id}: {Faults.Text(fault)}");
        }
        catch (CloudFault fault) when (fault.Code is "NetworkNotFound" or "SubnetNotFound" || (fault.Kind is FaultKind.NotFound && fault.Request?.StartsWith("POST", StringComparison.Ordinal) is true))
        {
            networks.Forget(port.NetworkId!);
            throw new LaterException(TimeSpan.FromSeconds(1), $"the child's network {network.ChildId} is not what it was: {Faults.Text(fault)}");
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            throw await conflicts.ResolveAsync(fault, port, wanted, cancelled);
        }
        catch (CloudFault fault) when (Faults.IsFinal(fault))
        {
            throw new RefusedException($"the child does not take port {port.Id}: {Faults.Text(fault)}", fault);
        }
    }

    static PortEntry Entry(NeutronPort port, PortEntry? before) => new(
        port.Id, port.NetworkId!, port.ProjectId ?? "", port.MacAddress!, port.AdminStateUp ?? true, PortShape.Of(port), port.Status, before?.ChildId, before?.Seen, before?.Looked ?? 0)
    {
        Mark = before?.Mark ?? PortMark.None,
    };
}
