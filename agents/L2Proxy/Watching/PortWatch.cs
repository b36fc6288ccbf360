using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.Mirror.Watching;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Watching;

/// <summary>
/// The child's ports as the watch sees them: what changed since the last look, one question however many ports there are. What is on networks of ours is told;
/// what vanished is found by the comparison of everything, and by what is expected and does not come.
/// </summary>
internal sealed class PortWatch(ChildCloud child, NetworkBook networks, PortBook book, PortTeller teller, Agendas agendas, MirrorState state) : IWatched<Port>
{
    /// <summary>Set by the watch's owner: what has come is no longer expected.</summary>
    public Action<string>? Settle { get; set; }

    Cascade.OpenStack.Network.Ports Ports => child.Cloud.Network.Ports;

    public DateTimeOffset? ChildNow => child.Cloud.Network.Service.Clock.Now;

    public string IdOf(Port seen) => seen.Id;

    public string FingerprintOf(Port seen) => $"{seen.Status}|{seen.DeviceId}|{seen.RevisionNumber}|{seen.UpdatedAt:O}";

    /// <summary>Null asks for everything: that is what the comparison had just before, so what changed since then is enough.</summary>
    public async Task<IReadOnlyList<Port>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled)
    {
        var since = changedSince ?? state.ListedFrom;
        var found = new List<Port>();
        await foreach (var seen in Ports.ListAsync(Scope.Own, new() { ChangedSince = since }, cancelled))
        {
            if (networks.ParentOf(seen.NetworkId) is not null && !PortActuator.IsService(seen))
            {
                found.Add(seen);
            }
        }

        return found;
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

        if (seen.Status is "ACTIVE")
        {
            Settle?.Invoke(seen.Id);
        }

        if (book.See(seen.Id, seen.Status, sight.Asked) is not { } now)
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
}
