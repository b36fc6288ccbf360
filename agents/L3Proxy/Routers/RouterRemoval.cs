using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.Gateways;
using Cascade.L3Proxy.Placeholders;
using Cascade.L3Proxy.Qos;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Routers;

/// <summary>Takes out of the child what stood for a router that is gone or elsewhere, in the order in which the child lets go of it; or makes it route nothing.</summary>
internal sealed class RouterRemoval(
    ChildCloud child,
    ChildNetworks networks,
    RouterReader reader,
    NdpProxyMirroring proxies,
    RouterSteps steps,
    PlaceholderMirroring placeholders,
    RouterPolicies policies,
    GatewayReservations reservations,
    RouterTeller teller,
    RouterBook book,
    ILogger<RouterRemoval> log)
{
    /// <param name="id">The parent's.</param>
    /// <param name="asOf">The book's moment at which it was known that it leaves: one that is here again since is not forgotten.</param>
    /// <param name="cancelled">Ends it.</param>
    public async Task LeaveAsync(string id, long asOf, CancellationToken cancelled)
    {
        var entry = book.Find(id) is { } known ? await teller.TellGoneAsync(known, cancelled) : null;
        foreach (var router in await StandingForAsync(id, entry, cancelled))
        {
            await LeaveAsync(router, id, entry?.FloatingIps.Keys ?? [], cancelled);
        }

        await placeholders.ReleaseAsync(id, [], cancelled);
        policies.Gone(id);
        await reservations.ReleaseAsync(id, _ => false, cancelled);
        book.Remove(id, asOf);
    }

    /// <summary>The parent has it administratively down: it stays, and routes nothing.</summary>
    public async Task SwitchOffAsync(string id, CancellationToken cancelled)
    {
        var entry = book.Find(id);
        foreach (var router in await StandingForAsync(id, entry, cancelled))
        {
            await SwitchOffAsync(router, "it is administratively down in the parent", cancelled);
            entry ??= new(id, router.Id);
        }

        entry ??= new(id, null);
        book.Set(entry);
        await teller.TellAsync(entry, null, [], cancelled);
    }

    public async Task SwitchOffAsync(Router router, string reason, CancellationToken cancelled)
    {
        if (router.AdminStateUp is not false)
        {
            await child.Cloud.Network.Routers.UpdateAsync(Scope.Own, router.Id, new() { AdminStateUp = false, EnableNdpProxy = router.EnableNdpProxy }, cancelled);
            Log.RouterSwitchedOff(log, router.Id, Stamp.ParentOf(router.Description) ?? "", reason);
        }
    }

    /// <summary>Takes one away with all that hangs on it.</summary>
    /// <param name="router">The child's.</param>
    /// <param name="id">The parent's.</param>
    /// <param name="floatingIps">The parent's floating IPs for which something may stand although the router does not lead it (any more).</param>
    /// <param name="cancelled">Ends it.</param>
    /// <exception cref="LaterException">Something holds it for now.</exception>
    public async Task LeaveAsync(Router router, string id, IEnumerable<string> floatingIps, CancellationToken cancelled)
    {
        var sight = await reader.SightAsync(router, floatingIps, cancelled);
        var nothing = new WantedRouter(id) { Name = router.Name ?? "", AdminStateUp = router.AdminStateUp ?? true };
        await proxies.LoseAsync(nothing, router, all: true, cancelled);
        var refused = await steps.DoAsync(RouterPlan.Of(nothing, sight), sight, cancelled);
        try
        {
            await new RouterActuator(child, await networks.ProjectAsync(cancelled)).DeleteAsync(router, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            throw new LaterException(TimeSpan.FromSeconds(5), $"router {router.Id}, which stood for {id}, cannot go yet: {string.Join("; ", refused.All.Select(one => one.Reason).Append(Faults.Text(fault)))}");
        }

        Log.RouterRemoved(log, router.Id, id);
    }

    /// <summary>What is linked, and what carries the stamp.</summary>
    async Task<IReadOnlyList<Router>> StandingForAsync(string id, RouterEntry? entry, CancellationToken cancelled)
    {
        var found = new Dictionary<string, Router>(StringComparer.Ordinal);
        var actuator = new RouterActuator(child, await networks.ProjectAsync(cancelled));
        if (entry?.ChildId is { } linked && await actuator.FindAsync(linked, cancelled) is { } known)
        {
            found[known.Id] = known;
        }

        if (await actuator.AdoptAsync(id, cancelled) is { } stamped)
        {
            found[stamped.Id] = stamped;
        }

        return [.. found.Values];
    }
}
