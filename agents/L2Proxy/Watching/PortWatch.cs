using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.Mirror.Watching;
using Cascade.NeutronAgent.Ports;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Watching;

/// <summary>
/// The child's ports as the watch sees them: those of which the parent believes something else, by the marks that they carry, and those without one by their
/// ids. What vanished or was changed by somebody in the child is found by the comparison of everything, and by what is expected and does not come.
/// </summary>
internal sealed class PortWatch(
    ChildCloud child, ChildNetworks lists, NetworkBook networks, PortBook book, PortTeller teller, PortExpectations expectations, Agendas agendas, MirrorState state) : IWatched<Port>
{
    /// <summary>Unmarked ports that are asked for by their ids, two requests; of more the times of all are read instead, until they are marked.</summary>
    const int MostUnmarked = 300;

    /// <summary>BUILD is on its way from or to ACTIVE: no news yet (<see cref="PortReport"/>).</summary>
    static readonly string[] NotUp = ["DOWN", "ERROR"];

    /// <summary>Set by the watch's owner: what has come is no longer expected.</summary>
    public Action<string>? Settle { get; set; }

    Cascade.OpenStack.Network.Ports Ports => child.Cloud.Network.Ports;

    public DateTimeOffset? ChildNow => child.Cloud.Network.Service.Clock.Now;

    public string IdOf(Port seen) => seen.Id;

    public string FingerprintOf(Port seen) => $"{seen.Status}|{seen.DeviceId}|{seen.RevisionNumber}|{seen.UpdatedAt:O}";

    /// <summary>Null asks for everything: that is what the comparison had just before, so what changed since then is enough.</summary>
    public async Task<IReadOnlyList<Port>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled)
    {
        if (!(await lists.TraitsAsync(cancelled)).Marks)
        {
            return await AskAsync(new() { ChangedSince = changedSince ?? state.ListedFrom }, cancelled);
        }

        var unmarked = book.Unmarked;
        PortFilter third = unmarked.Count > MostUnmarked ? new() { ChangedSince = changedSince ?? state.ListedFrom } : new() { Ids = unmarked };
        var found = new Dictionary<string, Port>(StringComparer.Ordinal);
        foreach (var filter in new PortFilter[] { new() { Tags = [PortMarks.Up], Statuses = NotUp }, new() { Tags = [PortMarks.Down], Statuses = ["ACTIVE"] }, third })
        {
            foreach (var seen in await AskAsync(filter, cancelled))
            {
                found[seen.Id] = seen;
                Remark(seen);
            }
        }

        return [.. found.Values];
    }

    public Task<Port?> FindAsync(string childId, CancellationToken cancelled) => Ports.FindAsync(Scope.Own, childId, cancelled);

    /// <summary>The comparison of everything finds what is gone.</summary>
    public Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled) => Task.FromResult<IReadOnlyCollection<string>>([]);

    public async Task ReportAsync(Sight<Port> sight, CancellationToken cancelled)
    {
        var seen = sight.Seen;
        if (book.LeavingFor(seen.Id) is { } leaving)
        {
            if (!PortActuator.IsHeld(seen))
            {
                agendas.Port(leaving);
            }

            return;
        }

        var known = book.See(seen.Id, seen.Status, PortMarks.Of(seen), sight.Asked);
        if (known is null && book.FindByChild(seen.Id) is { } later && later.Seen != seen.Status)
        {
            // Asked later, and answered otherwise: that may have been before the child answered us. Only another look can say.
            expectations.Expect(seen.Id);
            return;
        }

        if (seen.Status is "ACTIVE")
        {
            Settle?.Invoke(seen.Id);
        }

        if (known is not { } now)
        {
            return;
        }

        if (now.Wanted is { } wanted && PortBody.Difference(seen, wanted) is not null)
        {
            // Somebody in the child changed what the parent decides.
            agendas.Port(now.ParentId);
        }

        await teller.TellAsync(now, PortReport.Of(now.Believed, now.AdminUp, seen.Status), cancelled);
    }

    public Task ReportGoneAsync(string childId, CancellationToken cancelled)
    {
        Settle?.Invoke(childId);
        if (book.LeavingFor(childId) is { } leaving)
        {
            book.Left(childId);
            agendas.Port(leaving);
        }
        else if (book.FindByChild(childId) is { } entry)
        {
            agendas.Port(entry.ParentId);
        }

        return Task.CompletedTask;
    }

    /// <summary>On networks of ours; the child's own are none.</summary>
    async Task<List<Port>> AskAsync(PortFilter filter, CancellationToken cancelled)
    {
        var found = new List<Port>();
        await foreach (var seen in Ports.ListAsync(Scope.Own, filter, cancelled))
        {
            if (networks.ParentOf(seen.NetworkId) is not null && !PortActuator.IsService(seen))
            {
                found.Add(seen);
            }
        }

        return found;
    }

    /// <summary>A mark that was lost, or that its owner took away or put there, is put right.</summary>
    void Remark(Port seen)
    {
        book.Mark(seen.Id, PortMarks.Of(seen));
        if (book.FindByChild(seen.Id) is { } entry && PortMarks.IsDue(entry, seen, ChildNow))
        {
            agendas.Mark(entry.ParentId);
        }
    }
}
