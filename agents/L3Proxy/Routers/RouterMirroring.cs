using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.FloatingIps;
using Cascade.L3Proxy.Gateways;
using Cascade.L3Proxy.Parent;
using Cascade.L3Proxy.Placeholders;
using Cascade.L3Proxy.Qos;
using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Routers;

/// <summary>
/// One look at one router of the parent: read it as it is now, make the child's like it, tell the parent what is true. Called again after a crash at any point it ends
/// the same. Looks at one router never overlap (<see cref="Agenda"/>).
/// </summary>
internal sealed class RouterMirroring(
    ParentRouters parent,
    ChildCloud child,
    ChildNetworks networks,
    RouterReader reader,
    RouterSteps steps,
    ForwardingMirroring forwardings,
    ConntrackMirroring conntrack,
    NdpProxyMirroring proxies,
    PlaceholderMirroring placeholders,
    RouterPolicies policies,
    GatewayReservations reservations,
    RouterRemoval removal,
    RouterTeller teller,
    RouterBook book,
    Agendas agendas,
    TimeProvider time,
    ILogger<RouterMirroring> log)
{
    readonly Patience patience = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), time);

    public async Task LookAsync(string id, CancellationToken cancelled)
    {
        var asOf = book.Moment();
        // One that is not known any more has left while this look waited for its turn: to ask for it would bind it here.
        if (book.IsLeaving(id) || book.Find(id) is not { } known)
        {
            await removal.LeaveAsync(id, asOf, cancelled);
        }
        else if (known.IsOfEarlierTurn)
        {
            // To ask for one that is elsewhere by now would bind it here: the comparison, which is on its way, says whether it is not.
        }
        else if (await parent.RouterAsync(id, cancelled) is { } router)
        {
            await EnsureAsync(router, asOf, await WantedAsync(router, cancelled), cancelled);
        }
        else if ((await parent.IdsAsync(cancelled)).Contains(id, StringComparer.Ordinal))
        {
            // Left out of the answer and yet here: administratively down.
            await removal.SwitchOffAsync(id, cancelled);
        }
        else
        {
            await removal.LeaveAsync(id, asOf, cancelled);
        }
    }

    /// <summary>Together with what it needs there before anything of it can be.</summary>
    async Task<WantedRouter> WantedAsync(NeutronRouter router, CancellationToken cancelled)
    {
        var wanted = (await reader.WantedAsync([router], cancelled))[0];
        if (wanted.Reservation is { } due)
        {
            await reservations.MakeAsync(router.Id, due, cancelled);
            wanted = (await reader.WantedAsync([router], cancelled))[0];
        }

        if (wanted.Placeholders.Any(one => one.IsDue))
        {
            var refused = await placeholders.MakeAsync(wanted, cancelled);
            wanted = (await reader.WantedAsync([router], cancelled))[0];
            var faults = router.FloatingIps.Where(ip => ip.PortId is { } port && refused.ContainsKey(port)).ToDictionary(ip => ip.Id, ip => refused[ip.PortId!], StringComparer.Ordinal);
            wanted = wanted with
            {
                Unserved = wanted.Unserved.ToDictionary(ip => ip.Key, ip => ip.Value ?? faults.GetValueOrDefault(ip.Key), StringComparer.Ordinal),
                Obstacles = [.. wanted.Obstacles, .. refused.Values.Select(reason => new Obstacle(reason, IsFinal: true))],
            };
        }

        return await policies.EnsureAsync(wanted, cancelled);
    }

    async Task EnsureAsync(NeutronRouter router, long asOf, WantedRouter wanted, CancellationToken cancelled)
    {
        var before = book.Find(router.Id);
        var actuator = new RouterActuator(child, await networks.ProjectAsync(cancelled));
        var found = await new Mirror<WantedRouter, Router>(actuator, log).EnsureAsync(router.Id, new BookLink(before?.ChildId), _ => Task.FromResult(wanted), cancelled);
        // What an earlier look has made is found by its stamp even when the child's router no longer leads it.
        var expected = wanted.FloatingIps.Select(ip => ip.ParentId).Concat(before?.FloatingIps.Keys ?? []).Distinct(StringComparer.Ordinal).ToList();
        var sight = found.Origin is Origin.Created ? new(found.Seen, [], []) : await reader.SightAsync(found.Seen, expected, cancelled);
        var plan = RouterPlan.Of(wanted, sight);
        var held = await proxies.LoseAsync(wanted, sight.Router, plan.FreesNdpProxies, cancelled);
        var refused = await steps.DoAsync(plan, sight, cancelled);
        var now = plan.IsEmpty ? sight : await reader.SightAsync(await actuator.FindAsync(found.Seen.Id, cancelled) ?? found.Seen, expected, cancelled);
        await StampAsync(wanted, now, cancelled);
        await forwardings.EnsureAsync(wanted, now, refused, cancelled);
        await conntrack.EnsureAsync(wanted, now, refused, cancelled);
        await proxies.MakeAsync(wanted, now.Router, held, refused, cancelled);
        await TellAsync(router, wanted, plan, now, refused, before, cancelled);
        await placeholders.ReleaseAsync(router.Id, wanted.Placeholders.Select(one => one.ChildId).OfType<string>(), cancelled);
        await ReleaseAsync(wanted, now, cancelled);
        if (wanted.FloatingIps.Any(ip => book.WasLostSince(ip.ParentId, asOf)))
        {
            // It came from another router, whose look has told that it is down there.
            agendas.Router(router.Id);
        }

        Complain(wanted, refused);
        patience.Over(router.Id);
    }

    /// <summary>What the parent set aside for it, unless the child still has it: it may not be another's at the same time.</summary>
    async Task ReleaseAsync(WantedRouter wanted, RouterSight now, CancellationToken cancelled)
    {
        if (!wanted.GatewayUnknown)
        {
            var has = (now.GatewayPort?.FixedIps ?? []).Select(ip => ip.IpAddress).ToList();
            await reservations.ReleaseAsync(wanted.ParentId, port => port.Id == wanted.Gateway?.ParentPortId || port.FixedIps.Any(ip => has.Exists(one => RouterPlan.SameAddress(one, ip.IpAddress))), cancelled);
        }
    }

    async Task StampAsync(WantedRouter wanted, RouterSight now, CancellationToken cancelled)
    {
        if (wanted.Gateway is { } gateway && now.GatewayPort is { } port && Stamp.ParentOf(port.Description) != gateway.ParentPortId)
        {
            await steps.StampAsync(port, gateway.ParentPortId, cancelled);
        }
    }

    async Task TellAsync(NeutronRouter router, WantedRouter wanted, RouterPlan plan, RouterSight now, Obstacles refused, RouterEntry? before, CancellationToken cancelled)
    {
        var entry = RouterReport.Entry(router, wanted, now, refused.FloatingIps);
        var lost = (before?.FloatingIps.Keys ?? []).Concat(plan.LooseFloatingIps.Select(ip => Stamp.ParentOf(ip.Description)).OfType<string>()).Distinct(StringComparer.Ordinal);
        book.Set(entry);
        await teller.TellAsync(entry, now, lost, cancelled);
        if (book.Find(router.Id) is { IsPending: true })
        {
            agendas.Status(router.Id);
        }

        // Another router may have taken over in the same moment what this look took away: it sees whether it still leads there.
        foreach (var other in plan.LooseFloatingIps.Select(ip => Stamp.ParentOf(ip.Description)).OfType<string>().SelectMany(id => book.Leading(id, router.Id)).ToList())
        {
            agendas.Router(other.ParentId);
        }
    }

    /// <summary>What waits is tried again soon, the longer it waits the less often; what is refused is said and tried again slowly.</summary>
    void Complain(WantedRouter wanted, Obstacles refused)
    {
        var obstacles = wanted.Obstacles.Concat(refused.All).ToList();
        if (obstacles.Count == 0)
        {
            return;
        }

        var reasons = string.Join("; ", obstacles.Select(one => one.Reason).Distinct(StringComparer.Ordinal));
        throw obstacles.TrueForAll(one => one.IsFinal) ? new RefusedException(reasons)
            : new LaterException(obstacles.TrueForAll(one => one.IsFinal || one.IsTaken) ? TimeSpan.FromSeconds(10) : patience.Next(wanted.ParentId), reasons);
    }
}
