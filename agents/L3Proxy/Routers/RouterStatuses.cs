using Cascade.L3Proxy.Child;
using Cascade.NeutronAgent.Looking;

namespace Cascade.L3Proxy.Routers;

/// <summary>One look at what the ports and floating IPs of a router have become in the child. While something is on its way it is looked at again, the longer it takes the less often.</summary>
internal sealed class RouterStatuses(ChildCloud child, ChildNetworks networks, RouterReader reader, RouterTeller teller, RouterBook book, Agendas agendas, TimeProvider time)
{
    readonly Patience patience = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), time);

    public async Task LookAsync(string id, CancellationToken cancelled)
    {
        if (book.Find(id) is not { ChildId: { } childId } entry || book.IsLeaving(id))
        {
            patience.Over(id);
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
        if (entry.FloatingIps.Values.Any(ip => ip.ChildId is { } led && (ip.Believed is "ACTIVE" || ip is { Fault: null, PortId: not null }) && !sight.FloatingIps.Any(one => one.Id == led)))
        {
            // It leads nowhere any more: its server has left, its placeholder has gone, or somebody in the child took it away.
            agendas.Router(id);
        }

        if (book.Find(id) is not { IsPending: true })
        {
            patience.Over(id);
            return;
        }

        throw new LaterException(patience.Next(id), $"ports or floating IPs of router {id} are not up in the child yet");
    }
}
