using System.Collections.Concurrent;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Contracts.Neutron.Trunks;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;
using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Trunks;

/// <summary>
/// Trunks of the parent in the child, as the trunk driver of an Open vSwitch agent does it: subports are bound to the host of their trunk
/// (neutron/services/trunk/drivers/openvswitch/agent/driver.py: OVSTrunkSkeleton), mirrored like any port, and put into a trunk of the child, which has to be
/// there before the server is.
/// </summary>
internal sealed class TrunkMirroring : ITrunks, IHints
{
    /// <summary>The child wires a trunk in a moment, and tells nobody.</summary>
    static readonly TimeSpan Wiring = TimeSpan.FromSeconds(5);

    readonly INeutronServer server;
    readonly ParentView parent;
    readonly ChildCloud child;
    readonly PortBook ports;
    readonly Agendas agendas;
    readonly MirrorRules rules;
    readonly ILogger log;

    // The parent's port that carries it → the trunk.
    readonly ConcurrentDictionary<string, MirroredTrunk> book = new(StringComparer.Ordinal);

    public TrunkMirroring(
        INeutronServer server, ParentView parent, ChildCloud child, PortBook ports, Agendas agendas, MirrorRules rules, TimeProvider time, ILogger<TrunkMirroring> log)
    {
        (this.server, this.parent, this.child, this.ports, this.agendas, this.rules, this.log) = (server, parent, child, ports, agendas, rules, log);
        Trunks = new("trunks", new() { Budget = 4 }, (id, cancelled) => LookAsync(id, null, cancelled), time, log);
    }

    /// <summary>By the parent's id of the port that carries it.</summary>
    public Agenda Trunks { get; }

    public async Task EnsureAsync(NeutronPort port, Port seen, CancellationToken cancelled)
    {
        if (!TrunkMap.IsCarrier(port) && !book.ContainsKey(port.Id))
        {
            if (seen.TrunkDetails is not null)
            {
                Trunks.Note(port.Id);
            }

            return;
        }

        if (book.GetValueOrDefault(port.Id)?.ChildId is null)
        {
            await Trunks.AloneAsync(port.Id, turn => MakeAsync(port.Id, seen.Id, turn), cancelled);
        }

        // What is still missing in it comes by looks of its own.
        Trunks.Note(port.Id);
    }

    public Task GoneAsync(string portId, Port seen, CancellationToken cancelled) => seen.TrunkDetails is null && !book.ContainsKey(portId)
        ? Task.CompletedTask
        : Trunks.AloneAsync(portId, turn => EndAsync(portId, seen.Id, turn), cancelled);

    public void Reconcile(IEnumerable<NeutronPort> here, IEnumerable<Port> seen)
    {
        var carrying = seen.Where(port => port.TrunkDetails is not null).Select(port => ports.FindByChild(port.Id)?.ParentId).OfType<string>();
        foreach (var id in here.Where(TrunkMap.IsCarrier).Select(port => port.Id).Union(book.Keys).Union(carrying))
        {
            Trunks.Note(id);
        }
    }

    public async ValueTask TakeAsync(Hint hint, CancellationToken cancelled)
    {
        var trunkId = hint.Type switch
        {
            NeutronObjects.Trunk => hint.Id,
            NeutronObjects.SubPort => hint.Owner,
            _ => null,
        };
        if (trunkId is not null && (Carrier(trunkId) ?? await CarrierAsync(trunkId, hint, cancelled)) is { } carrier)
        {
            Trunks.Note(carrier);
        }
        else if (hint.Type == NeutronObjects.SubPort && trunkId is null && book.FirstOrDefault(of => of.Value.SubPorts.Contains(hint.Id)) is { Key: { } known })
        {
            Trunks.Note(known);
        }
        else if (hint.Type == NeutronObjects.Port && book.ContainsKey(hint.Id))
        {
            // Its own status has changed: its trunk's may have.
            Trunks.Note(hint.Id);
        }
    }

    string? Carrier(string trunkId) => book.FirstOrDefault(of => of.Value.ParentId == trunkId).Key;

    /// <summary>One that is new: is its port ours?</summary>
    async Task<string?> CarrierAsync(string trunkId, Hint hint, CancellationToken cancelled)
    {
        if (hint.IsDeletion)
        {
            return null;
        }

        var trunk = await server.PullAsync(NeutronObjects.Trunk, trunkId, NeutronTrunk.Read, cancelled);
        return trunk?.PortId is { } carrier && ports.Find(carrier) is not null ? carrier : null;
    }

    async Task LookAsync(string portId, string? childPortId, CancellationToken cancelled)
    {
        childPortId ??= ports.Find(portId)?.ChildId;
        if (childPortId is null)
        {
            book.TryRemove(portId, out _);
            return;
        }

        if (await MakeAsync(portId, childPortId, cancelled) is not { } state)
        {
            return;
        }

        if (state.IsWhole && state.Verdict is { } status)
        {
            await server.AskAsync(new UpdateTrunkStatus(state.ParentId, status), cancelled);
            Log.TrunkTold(log, state.ParentId, status);
        }

        if (!state.IsWhole || (state.Seen is not "ACTIVE" && ports.Find(portId)?.Seen is "ACTIVE"))
        {
            throw new LaterException(Wiring, state.IsWhole ? "the child has not wired it yet" : "not every subport is mirrored yet");
        }
    }

    /// <returns>Null when the port carries no trunk any more.</returns>
    async Task<TrunkState?> MakeAsync(string portId, string childPortId, CancellationToken cancelled)
    {
        if (!await HasTrunksAsync(cancelled))
        {
            throw new RefusedException($"port {portId} carries a trunk, and the child has none (trunk)");
        }

        var pulled = await server.AskAsync(Pull.Of(NeutronObjects.Trunk, portId), cancelled);
        if (pulled is null || NeutronTrunk.Read(pulled) is not { } trunk)
        {
            await EndAsync(portId, childPortId, cancelled);
            return null;
        }

        await BindAsync(trunk, cancelled);
        var mirrored = trunk.SubPorts.Select(port => (port.PortId, Child: ports.Find(port.PortId)?.ChildId)).Where(port => port.Child is not null)
            .ToDictionary(port => port.PortId, port => port.Child!, StringComparer.Ordinal);
        var wanted = TrunkMap.Wanted(trunk, childPortId, mirrored);
        var project = await child.ProjectIdAsync(cancelled);
        var actuator = new TrunkActuator(child, project, childPortId);
        var (seen, _) = await new Mirror<WantedTrunk, Trunk>(actuator, log)
            .EnsureAsync(trunk.Id, new BookLink(book.GetValueOrDefault(portId)?.ChildId), _ => Task.FromResult(wanted), cancelled);
        var difference = TrunkMap.Difference(seen.SubPorts, wanted);
        if (!difference.IsNone)
        {
            Log.TrunkChanged(log, seen.Id, difference.Missing.Count, difference.Surplus.Count);
        }

        await actuator.UpdateAsync(seen, wanted, cancelled);
        book[portId] = new(trunk.Id, seen.Id, trunk.SubPorts.Select(port => port.PortId).ToHashSet(StringComparer.Ordinal));
        var whole = mirrored.Count == trunk.SubPorts.Count;
        return new(trunk.Id, seen.Status, whole, TrunkMap.Verdict(trunk.Status, difference.IsNone ? seen.Status : null, whole));
    }

    /// <summary>Subports go where their trunk is: the server binds them, and what is bound here is mirrored.</summary>
    async Task BindAsync(NeutronTrunk trunk, CancellationToken cancelled)
    {
        var there = (await parent.PortsAsync([.. trunk.SubPorts.Select(port => port.PortId)], cancelled)).ToDictionary(port => port.Id, StringComparer.Ordinal);
        var unbound = trunk.SubPorts.Where(port => there.TryGetValue(port.PortId, out var seen) && seen.ActiveBinding?.Host != rules.Host).ToList();
        if (unbound.Count > 0)
        {
            Log.SubPortsBound(log, trunk.Id, unbound.Count);
            await server.AskAsync(UpdateSubportBindings.Of(trunk.Id, unbound), cancelled);
        }

        foreach (var port in trunk.SubPorts.Where(port => ports.Find(port.PortId)?.ChildId is null))
        {
            agendas.Port(port.PortId);
        }
    }

    async Task EndAsync(string portId, string childPortId, CancellationToken cancelled)
    {
        book.TryRemove(portId, out var known);
        var actuator = new TrunkActuator(child, await child.ProjectIdAsync(cancelled), childPortId);
        try
        {
            foreach (var gone in await new Mirror<WantedTrunk, Trunk>(actuator, log).RemoveAsync(known?.ParentId ?? "", known?.ChildId, cancelled))
            {
                Log.TrunkRemoved(log, gone, portId);
            }
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            throw new LaterException(Wiring, $"the child's trunk on port {childPortId} cannot go yet: {Faults.Text(fault)}");
        }
    }

    async Task<bool> HasTrunksAsync(CancellationToken cancelled) =>
        (await child.Cloud.Network.Extensions.AliasesAsync(Scope.Own, cancelled)).Contains(Extension.Trunk);

    sealed record MirroredTrunk(string ParentId, string ChildId, IReadOnlySet<string> SubPorts);

    sealed record TrunkState(string ParentId, string? Seen, bool IsWhole, string? Verdict);
}
