using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.Parent;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Comparing;

/// <summary>
/// Every router of this host in the parent beside everything of ours in the child, by lists: nothing is asked about a single router that is as it shall be. What differs
/// is noted and looked at by itself. The parent's answer to "which are mine" is the word, as for a native agent (agent/l3/agent.py: fetch_and_sync_all_routers).
/// </summary>
internal sealed class Comparison(
    ParentRouters parent, ChildNetworks networks, RouterReader reader, RouterTeller teller, RouterRemoval removal, RouterBook book, Strays strays, Agendas agendas, ILogger<Comparison> log) : IResync
{
    public async Task ResyncAsync(string why, CancellationToken cancelled)
    {
        book.BeginList();
        await networks.LoadAsync(cancelled);
        var sights = await reader.SightsAsync(cancelled);
        var ids = (await parent.IdsAsync(cancelled)).ToHashSet(StringComparer.Ordinal);
        var routers = ids.Count == 0 ? [] : await parent.RoutersAsync(ids, cancelled);
        var wanted = await reader.WantedAsync(routers, cancelled);
        var byParent = sights.ToLookup(sight => Stamp.ParentOf(sight.Router.Description)!, StringComparer.Ordinal);
        var todo = 0;
        foreach (var (router, shall) in routers.Zip(wanted))
        {
            todo += await SettledAsync(router, shall, [.. byParent[router.Id]], cancelled) ? 0 : 1;
        }

        // Left out and yet here: administratively down.
        foreach (var id in ids.Except(routers.Select(router => router.Id)).ToList())
        {
            agendas.Router(id);
        }

        foreach (var entry in book.All.Where(entry => !ids.Contains(entry.ParentId) && !book.WasTouched(entry.ParentId)))
        {
            book.Leaves(entry.ParentId);
            agendas.Router(entry.ParentId);
        }

        await StraysAsync([.. sights.Where(sight => Stamp.ParentOf(sight.Router.Description) is { } id && !ids.Contains(id) && book.Find(id) is null)], cancelled);
        Log.Compared(log, routers.Count, routers.Sum(router => router.FloatingIps.Count + router.PortForwardingFloatingIps.Count), todo, strays.Routers.Count);
    }

    /// <returns>Whether it is as it shall be; what is not is looked at by itself.</returns>
    async Task<bool> SettledAsync(NeutronRouter router, WantedRouter wanted, RouterSight[] stands, CancellationToken cancelled)
    {
        if (book.WasTouched(router.Id))
        {
            // Looked at by itself meanwhile: what we hold is older.
            return true;
        }

        if (stands is not [var sight] || wanted.Obstacles.Count > 0 || !RouterPlan.Of(wanted, sight).IsEmpty || !IsSettledBelow(wanted, sight))
        {
            agendas.Router(router.Id);
            return false;
        }

        var lost = book.Find(router.Id)?.FloatingIps.Keys ?? [];
        try
        {
            await teller.TellAsync(RouterReport.Entry(router, wanted, sight, new Dictionary<string, string>()), sight, lost, cancelled);
        }
        catch (LaterException)
        {
            agendas.Router(router.Id);
        }

        if (book.Find(router.Id) is { IsPending: true })
        {
            agendas.Status(router.Id);
        }

        return true;
    }

    /// <summary>What floating IPs forward is not in the lists whole: one that forwards anything is looked at by itself.</summary>
    static bool IsSettledBelow(WantedRouter wanted, RouterSight seen) =>
        wanted.FloatingIps.All(ip => ip.PortId is not null)
        && (seen.Router.ConntrackHelpers ?? []).Count == wanted.ConntrackHelpers.Count
        && wanted.ConntrackHelpers.All((seen.Router.ConntrackHelpers ?? []).Contains);

    /// <summary>
    /// Made by an earlier life for a router that is not here any more. Its addresses may be another child's by now: it routes nothing from now on, and goes after the
    /// grace time.
    /// </summary>
    async Task StraysAsync(IReadOnlyList<RouterSight> loose, CancellationToken cancelled)
    {
        foreach (var sight in loose)
        {
            await removal.SwitchOffAsync(sight.Router, "the parent has no such router on this host", cancelled);
        }

        strays.Set([.. loose.Select(sight => sight.Router)]);
    }
}
