using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.FloatingIps;
using Cascade.L3Proxy.Parent;
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
        book.Touch(id);
        // Never asked for when it may be another host's: sync_routers would bind its ports here.
        if (book.Leaving(id) is { } certain && (certain || !(await parent.IdsAsync(cancelled)).Contains(id, StringComparer.Ordinal)))
        {
            await removal.LeaveAsync(id, cancelled);
            return;
        }

        book.Stays(id);
        if (await parent.RouterAsync(id, cancelled) is { } router)
        {
            await EnsureAsync(router, (await reader.WantedAsync([router], cancelled))[0], cancelled);
        }
        else if ((await parent.IdsAsync(cancelled)).Contains(id, StringComparer.Ordinal))
        {
            // Left out of the answer and yet here: administratively down.
            await removal.SwitchOffAsync(id, cancelled);
        }
        else
        {
            await removal.LeaveAsync(id, cancelled);
        }
    }

    async Task EnsureAsync(NeutronRouter router, WantedRouter wanted, CancellationToken cancelled)
    {
        var before = book.Find(router.Id);
        var actuator = new RouterActuator(child, await networks.ProjectAsync(cancelled));
        var found = await new Mirror<WantedRouter, Router>(actuator, log).EnsureAsync(router.Id, new BookLink(before?.ChildId), _ => Task.FromResult(wanted), cancelled);
        // What an earlier look has made is found by its stamp even when the child's router no longer leads it.
        var expected = wanted.FloatingIps.Select(ip => ip.ParentId).Concat(before?.FloatingIps.Keys ?? []).Distinct(StringComparer.Ordinal).ToList();
        var sight = found.Origin is Origin.Created ? new(found.Seen, [], []) : await reader.SightAsync(found.Seen, expected, cancelled);
        var plan = RouterPlan.Of(wanted, sight);
        var refused = await steps.DoAsync(plan, sight, cancelled);
        if (refused.All.Count > 0)
        {
            // The child's networks may not be what they were: they are looked up again.
            router.Interfaces.Select(port => port.NetworkId).OfType<string>().ToList().ForEach(networks.Forget);
        }

        var now = plan.IsEmpty ? sight : await reader.SightAsync(await actuator.FindAsync(found.Seen.Id, cancelled) ?? found.Seen, [], cancelled);
        await StampAsync(wanted, now, cancelled);
        await forwardings.EnsureAsync(wanted, now, refused, cancelled);
        await conntrack.EnsureAsync(wanted, now, refused, cancelled);
        await TellAsync(router, wanted, plan, now, refused, before, cancelled);
        Complain(wanted, refused);
        patience.Over(router.Id);
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
        await teller.TellAsync(entry, now, lost, cancelled);
        if (book.Find(router.Id) is { IsPending: true })
        {
            agendas.Status(router.Id);
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
        throw obstacles.TrueForAll(one => one.IsFinal) ? new RefusedException(reasons) : new LaterException(patience.Next(wanted.ParentId), reasons);
    }
}
