using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.Gateways;
using Cascade.L3Proxy.Parent;
using Cascade.L3Proxy.Qos;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;
using Cascade.OpenStack;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Comparing;

/// <summary>
/// Every router of this host in the parent beside everything of ours in the child, by lists: nothing is asked about a single router that is as it shall be. What differs
/// is noted and looked at by itself. The parent's answer to "which are mine" is the word, as for a native agent (agent/l3/agent.py: fetch_and_sync_all_routers).
/// </summary>
internal sealed class Comparison(
    ParentRouters parent,
    ChildNetworks networks,
    ExternalNetworks external,
    RouterReader reader,
    RouterTeller teller,
    RouterRemoval removal,
    RouterPolicies policies,
    GatewayReservations reservations,
    IQosPolicies qos,
    LooseParts loose,
    RouterBook book,
    Strays strays,
    Agendas agendas,
    ILogger<Comparison> log) : IResync
{
    public async Task ResyncAsync(string why, CancellationToken cancelled)
    {
        book.ForgetLost();
        var before = book.All.ToDictionary(entry => entry.ParentId, StringComparer.Ordinal);
        await networks.LoadAsync(cancelled);
        external.Forget();
        var seen = await reader.EverythingAsync(cancelled);
        var reserved = await reservations.LoadAsync(cancelled);
        var ids = (await parent.IdsAsync(cancelled)).ToHashSet(StringComparer.Ordinal);
        // It may have been told to leave, and to come in a word that nobody heard; the look that takes it away may be under way.
        foreach (var id in ids.Where(book.Stays))
        {
            Note(id);
        }

        var routers = ids.Count == 0 ? [] : await parent.RoutersAsync(ids, cancelled);
        var wanted = await reader.WantedAsync(routers, cancelled);
        await loose.RemoveAsync(seen, wanted, cancelled);
        var byParent = seen.Routers.ToLookup(sight => Stamp.ParentOf(sight.Router.Description)!, StringComparer.Ordinal);
        var todo = 0;
        foreach (var (router, shall) in routers.Zip(wanted))
        {
            todo += await SettledAsync(router, await LimitedAsync(shall, cancelled), Standing(router.Id, byParent[router.Id]), before.GetValueOrDefault(router.Id), cancelled) ? 0 : 1;
        }

        // Left out and yet here: administratively down.
        foreach (var id in ids.Except(routers.Select(router => router.Id)).ToList())
        {
            Note(id);
        }

        // In memory and no longer here: it leaves. To ask for it would bind it here.
        foreach (var id in before.Keys.Where(id => !ids.Contains(id) && book.Leaves(id)))
        {
            agendas.Router(id);
        }

        await ReservedAsync(reserved, ids, wanted, byParent, cancelled);
        await StraysAsync([.. byParent.SelectMany(same => ids.Contains(same.Key) ? same.Where(sight => sight != Standing(same.Key, same)) : same.Where(_ => book.Find(same.Key) is null))], cancelled);
        await qos.ReconcileAsync(cancelled);
        qos.Compared();
        Log.Compared(log, routers.Count, routers.Sum(router => router.FloatingIps.Count + router.PortForwardingFloatingIps.Count), todo, strays.Routers.Count);
    }

    /// <summary>What was set aside for a router: its look gives back what it does not use. Of one that is not here it is given back when nothing stands for it in the child any more.</summary>
    async Task ReservedAsync(ILookup<string, RouterPort> reserved, HashSet<string> ids, IReadOnlyList<WantedRouter> wanted, ILookup<string, RouterSight> standing, CancellationToken cancelled)
    {
        foreach (var ports in reserved)
        {
            reservations.Holds(ports.Key);
            if (!ids.Contains(ports.Key))
            {
                if (!standing[ports.Key].Any() && book.Find(ports.Key) is null)
                {
                    await reservations.GiveBackAsync(ports.Key, [.. ports], cancelled);
                }
            }
            else if (wanted.FirstOrDefault(router => router.ParentId == ports.Key) is { GatewayUnknown: false } router && ports.Any(port => port.NetworkId != router.Gateway?.Agents?.NetworkId))
            {
                Note(ports.Key);
            }
        }
    }

    /// <summary>With its QoS policies; one whose cannot be had now is looked at by itself.</summary>
    async Task<WantedRouter> LimitedAsync(WantedRouter wanted, CancellationToken cancelled)
    {
        try
        {
            return await policies.EnsureAsync(wanted, cancelled);
        }
        catch (CloudFault fault)
        {
            return wanted with { Obstacles = [.. wanted.Obstacles, new(Faults.Text(fault), IsFinal: false)] };
        }
    }

    /// <returns>Whether it is as it shall be; what is not is looked at by itself.</returns>
    async Task<bool> SettledAsync(NeutronRouter router, WantedRouter wanted, RouterSight? sight, RouterEntry? before, CancellationToken cancelled)
    {
        // Looked at whole meanwhile: what we hold is older.
        var isOlder = !ReferenceEquals(book.Find(router.Id), before);
        if (isOlder || sight is null || wanted.Obstacles.Count > 0 || wanted.Placeholders.Any(one => one.IsDue) || !RouterPlan.Of(wanted, sight).IsEmpty || !IsSettledBelow(wanted, sight))
        {
            book.Expect(router.Id);
            agendas.RouterDiffers(router.Id);
            return false;
        }

        var entry = RouterReport.Entry(router, wanted, sight, new Dictionary<string, string>());
        book.Set(entry);
        try
        {
            await (before is null or { IsOfEarlierTurn: true } ? teller.TellFirstAsync(entry, sight, cancelled) : teller.TellAsync(entry, sight, before.FloatingIps.Keys, cancelled));
        }
        catch (Exception fault) when (Faults.IsOfParent(fault))
        {
            // One that cannot be told keeps nothing from the others.
            agendas.Router(router.Id);
        }

        if (book.Find(router.Id) is { IsPending: true })
        {
            agendas.Status(router.Id);
        }

        return true;
    }

    void Note(string id)
    {
        book.Expect(id);
        agendas.Router(id);
    }

    /// <summary>The one of them that stands for the router, as a look finds it; null for none.</summary>
    RouterSight? Standing(string id, IEnumerable<RouterSight> same) =>
        same.FirstOrDefault(sight => sight.Router.Id == book.Find(id)?.ChildId)
        ?? same.OrderBy(sight => sight.Router.CreatedAt).ThenBy(sight => sight.Router.Id, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>
    /// What floating IPs forward is not in the lists whole: one that forwards anything is looked at by itself. A router that shall answer for addresses inside and does not
    /// is one of a child that cannot, which its look tells.
    /// </summary>
    static bool IsSettledBelow(WantedRouter wanted, RouterSight seen) =>
        wanted.FloatingIps.All(ip => ip.PortId is not null)
        && (seen.Router.ConntrackHelpers ?? []).Count == wanted.ConntrackHelpers.Count
        && wanted.ConntrackHelpers.All((seen.Router.ConntrackHelpers ?? []).Contains)
        && (wanted.EnableNdpProxy is not true || seen.Router.EnableNdpProxy is true)
        && seen.NdpProxies.Count == wanted.NdpProxies.Count
        && wanted.NdpProxies.All(seen.NdpProxies.Select(WantedNdpProxy.Of).Contains);

    /// <summary>
    /// Made by an earlier life for a router that is not here any more, or a second one for one that is. Its addresses may be another child's by now: it routes nothing from now on, and goes after the
    /// grace time.
    /// </summary>
    async Task StraysAsync(IReadOnlyList<RouterSight> nobodys, CancellationToken cancelled)
    {
        foreach (var sight in nobodys)
        {
            await loose.TidyAsync(
                $"router {sight.Router.Id}", () => removal.SwitchOffAsync(sight.Router, "nothing of the parent's on this host is what it stands for", cancelled));
        }

        strays.Set([.. nobodys.Select(sight => sight.Router)]);
    }
}
