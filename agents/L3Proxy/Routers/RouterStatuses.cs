using System.Collections.Concurrent;
using Cascade.L3Proxy.Child;
using Cascade.NeutronAgent.Looking;

namespace Cascade.L3Proxy.Routers;

/// <summary>One look at what the ports and floating IPs of a router have become in the child. While something is on its way it is looked at again, the longer it takes the less often.</summary>
internal sealed class RouterStatuses(ChildCloud child, ChildNetworks networks, RouterReader reader, RouterTeller teller, RouterBook book, Agendas agendas, TimeProvider time)
{
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    readonly ConcurrentDictionary<string, long> since = new(StringComparer.Ordinal);

    public async Task LookAsync(string id, CancellationToken cancelled)
    {
        if (book.Find(id) is not { ChildId: { } childId } entry || book.IsLeaving(id))
        {
            since.TryRemove(id, out _);
            return;
        }

        if (await new RouterActuator(child, await networks.ProjectAsync(cancelled)).FindAsync(childId, cancelled) is not { } router)
        {
            // Somebody in the child took it away.
            agendas.Router(id);
            return;
        }

        var sight = await reader.SightAsync(router, [], cancelled);
        if (!ReferenceEquals(book.Find(id), entry))
        {
            // Looked at whole meanwhile: what we hold is older.
            agendas.Status(id);
            return;
        }

        await teller.TellAsync(entry, router.AdminStateUp is false ? null : sight, [], cancelled);
        if (book.Find(id) is not { IsPending: true })
        {
            since.TryRemove(id, out _);
            return;
        }

        var waited = time.GetElapsedTime(since.GetOrAdd(id, time.GetTimestamp()));
        var pause = TimeSpan.FromSeconds(Math.Clamp(waited.TotalSeconds / 4, Shortest.TotalSeconds, Longest.TotalSeconds));
        throw new LaterException(pause, $"ports or floating IPs of router {id} are not up in the child yet");
    }
}
