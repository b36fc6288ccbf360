using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.L2Proxy.Trunks;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Ports;
using Cascade.NeutronAgent.Qos;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Comparing;

/// <summary>
/// Everything of this host in the parent beside everything of ours in the child, by lists: nothing is asked about a single port or network that is as it shall be.
/// What differs is noted and looked at by itself.
/// </summary>
internal sealed class Comparison(
    ParentView parent,
    ChildNetworks child,
    ChildReader reader,
    NetworkComparison networks,
    NetworkBook networkBook,
    PortMirroring ports,
    PortBook portBook,
    RouterPortBook routerBook,
    PortTeller teller,
    ISecurityGroups groups, IQosPolicies qos, ITrunks trunks,
    Reservations reservations,
    Strays strays,
    Agendas agendas,
    MirrorState state,
    MirrorRules rules,
    TimeProvider time,
    ILogger<Comparison> log) : IResync
{
    public async Task ResyncAsync(string why, CancellationToken cancelled)
    {
        portBook.Touched.BeginLists();
        networkBook.Touched.BeginLists();
        // The child first: what the parent gets afterwards is looked up afterwards. Asking for its extensions tells its clock.
        await child.TraitsAsync(cancelled);
        var began = child.Now;
        var asked = time.GetTimestamp();
        var seen = await reader.ReadAsync(cancelled);
        var onHost = await parent.OnHostAsync(cancelled);
        var here = onHost.Where(port => PortPlaces.Of(port, rules.Host) is PortPlace.Here).ToList();
        // Routers': nothing is made for them here, their networks are.
        var routed = await parent.InsideAsync(onHost, cancelled);
        await GroupsAsync(here, cancelled);
        var networksToDo = await networks.RunAsync(here, routed, onHost, seen, cancelled);
        CompareRouters(routed, seen);
        var portsToDo = await ComparePortsAsync(here, seen, asked, cancelled);
        trunks.Reconcile(here, seen.Ports);
        state.Complete(began);
        qos.Compared();
        await LeftoversAsync(here, routed, onHost, seen, cancelled);
        Log.Compared(log, here.Count, seen.Networks.Count, portsToDo, networksToDo, strays.Ports.Count + strays.Networks.Count);
    }

    /// <summary>What cannot be had of them now, their ports say by themselves.</summary>
    async Task GroupsAsync(IReadOnlyList<NeutronPort> here, CancellationToken cancelled)
    {
        try
        {
            await groups.ReconcileAsync(here, cancelled);
            await qos.ReconcileAsync(cancelled);
        }
#pragma warning disable CA1031 // One group must not stop all the others.
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.GroupsMissing(log, fault, Faults.Text(fault));
        }
    }

    void CompareRouters(IReadOnlyList<NeutronPort> routed, ChildSide seen)
    {
        foreach (var gone in routerBook.All.Except(routed.Select(port => port.Id), StringComparer.Ordinal))
        {
            agendas.Port(gone);
        }

        foreach (var port in routed.Where(port => !portBook.Touched.Has(port.Id)))
        {
            routerBook.Set(port.Id, port.NetworkId!);
            if (seen.Network(port.NetworkId!) is null || networkBook.Find(port.NetworkId!) is null)
            {
                // Missing, or not as it shall be: there may be no port of a server to find that out.
                agendas.Network(port.NetworkId!);
            }
        }
    }

    async Task<int> ComparePortsAsync(IReadOnlyList<NeutronPort> here, ChildSide seen, long asked, CancellationToken cancelled)
    {
        var known = here.Select(port => port.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in portBook.All.Where(entry => !known.Contains(entry.ParentId)))
        {
            // In memory, and no longer here: it is looked at by itself, and leaves.
            agendas.Port(gone.ParentId);
        }

        var todo = 0;
        var telling = new List<Task>();
        foreach (var port in here)
        {
            if (portBook.Touched.Has(port.Id))
            {
                // Looked at by itself meanwhile: what we hold is older.
                continue;
            }

            var settled = await SettledAsync(port, seen, asked, cancelled);
            if (settled is null || portBook.Touched.Has(port.Id))
            {
                todo += settled is null ? 1 : 0;
                (settled is null ? (Action<string>)agendas.PortDiffers : agendas.Port)(port.Id);
                continue;
            }

            var entry = portBook.Learn(settled);
            telling.Add(TellAsync(entry, cancelled));
            if (seen.Port(networkBook.Find(port.NetworkId!)!.ChildId, port.MacAddress!) is { } there && PortMarks.IsDue(entry, there, child.Now))
            {
                agendas.Mark(port.Id);
            }
        }

        await Task.WhenAll(telling);
        return todo;
    }

    /// <returns>Null when something is to be done about it.</returns>
    async Task<PortEntry?> SettledAsync(NeutronPort port, ChildSide seen, long asked, CancellationToken cancelled)
    {
        if (port.MacAddress is null || networkBook.Find(port.NetworkId!) is not { } network || seen.Port(network.ChildId, port.MacAddress) is not { } there)
        {
            return null;
        }

        try
        {
            var wanted = await ports.WantedAsync(port, network, cancelled);
            return PortBody.Difference(there, wanted) is not null ? null
                : new(port.Id, port.NetworkId!, port.ProjectId ?? "", port.MacAddress, port.AdminStateUp ?? true, PortShape.Of(port), port.Status, there.Id, there.Status, asked) { Wanted = wanted, Mark = PortMarks.Of(there) };
        }
        catch (Exception fault) when (Faults.IsOfChild(fault) || Faults.IsOfParent(fault))
        {
            return null;
        }
    }

    async Task TellAsync(PortEntry port, CancellationToken cancelled)
    {
        try
        {
            await teller.TellAsync(port, PortReport.Of(port.Believed, port.AdminUp, port.Seen), cancelled);
        }
        catch (Exception fault) when (Faults.IsOfParent(fault))
        {
            agendas.Port(port.ParentId);
        }
    }

    /// <summary>What is in the child and not for a port here: what the parent has elsewhere leaves now, what it does not know is left to the reaper.</summary>
    async Task LeftoversAsync(
        IReadOnlyList<NeutronPort> here, IReadOnlyList<NeutronPort> routed, IReadOnlyList<NeutronPort> onHost, ChildSide seen, CancellationToken cancelled)
    {
        // What stands for a router's is the other agent's, even if that has not got to giving it an owner.
        var wanted = here.Concat(onHost.Where(port => PortPlaces.Of(port, rules.Host) is PortPlace.Routing)).Select(port => port.Id).ToHashSet(StringComparer.Ordinal);
        var left = seen.Ports.Where(port => !PortActuator.IsService(port) && portBook.FindByChild(port.Id) is null)
            .Select(port => (Port: port, ParentId: Stamp.ParentOf(port.Description))).Where(one => one.ParentId is not null && !wanted.Contains(one.ParentId))
            .Select(one => (one.Port, ParentId: one.ParentId!)).ToList();
        var known = (await parent.PortsAsync([.. left.Select(one => one.ParentId).Distinct(StringComparer.Ordinal)], cancelled)).Select(port => port.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var network in seen.Networks)
        {
            networkBook.Know(network.Id, Stamp.ParentOf(network.Description)!);
        }

        foreach (var (_, parentId) in left.Where(one => known.Contains(one.ParentId)))
        {
            agendas.Port(parentId);
        }

        var used = here.Concat(routed).Select(port => port.NetworkId!).ToHashSet(StringComparer.Ordinal);
        var unused = seen.Networks.Select(network => (Network: network, ParentId: Stamp.ParentOf(network.Description)!)).Where(one => !used.Contains(one.ParentId)).ToList();
        var there = (await parent.NetworksAsync([.. unused.Select(one => one.ParentId).Distinct(StringComparer.Ordinal)], cancelled)).Select(network => network.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var networkId in unused.Select(one => one.ParentId).Where(there.Contains).Concat(Forgotten(onHost, used)).Distinct(StringComparer.Ordinal))
        {
            agendas.Network(networkId);
        }

        strays.Set([.. left.Where(one => !known.Contains(one.ParentId))], [.. unused.Where(one => !there.Contains(one.ParentId))]);
    }

    /// <summary>Networks for which the parent still reserves addresses although no port is here.</summary>
    IEnumerable<string> Forgotten(IEnumerable<NeutronPort> onHost, HashSet<string> used) =>
        onHost.Where(reservations.IsOurs).Select(port => port.NetworkId!).Where(network => !used.Contains(network));
}
