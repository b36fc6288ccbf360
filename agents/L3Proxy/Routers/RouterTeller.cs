using Cascade.L3Proxy.Parent;
using Cascade.NeutronAgent.Looking;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Routers;

/// <summary>Tells the parent what has become of a router's ports and floating IPs, and remembers what it was told.</summary>
internal sealed class RouterTeller(ParentRouters parent, RouterBook book, Agendas agendas, ILogger<RouterTeller> log)
{
    /// <summary>
    /// Once in a life: as <see cref="TellAsync"/>, and a word even when there is nothing to tell. With any word of a router the server sets down what an update took from it
    /// (neutron/api/rpc/handlers/l3_rpc.py: update_floatingip_statuses), which an earlier life may have taken away in the child and not told.
    /// </summary>
    public async Task TellFirstAsync(RouterEntry entry, RouterSight seen, CancellationToken cancelled)
    {
        if (entry.HasGateway && RouterReport.Of(entry, seen).FloatingIps.Count == 0)
        {
            await parent.TellAsync(entry.ParentId, new Dictionary<string, string>(StringComparer.Ordinal), cancelled);
        }

        await TellAsync(entry, seen, [], cancelled);
    }

    /// <param name="entry">With what the parent believes, as it is in the book.</param>
    /// <param name="seen">Null when the child routes nothing.</param>
    /// <param name="lost">Floating IPs that led somewhere and no longer do: a native agent names them (neutron/agent/l3/router_info.py: update_fip_statuses).</param>
    /// <exception cref="LaterException">The parent's server failed with a port.</exception>
    public async Task TellAsync(RouterEntry entry, RouterSight? seen, IEnumerable<string> lost, CancellationToken cancelled)
    {
        var report = RouterReport.Of(entry, seen);
        var statuses = report.FloatingIps.ToDictionary(StringComparer.Ordinal);
        var gone = lost.Where(id => !entry.FloatingIps.ContainsKey(id) && !book.Leading(id, entry.ParentId).Any()).ToList();
        foreach (var id in gone)
        {
            statuses[id] = "DOWN";
        }

        if (statuses.Count > 0)
        {
            await parent.TellAsync(entry.ParentId, statuses, cancelled);
        }

        gone.ForEach(id => Lost(id, entry.ParentId));

        var failed = report.Up.Count + report.Down.Count == 0 ? new HashSet<string>() : await parent.TellPortsAsync(report.Up, report.Down, cancelled);
        if (failed.Count > 0)
        {
            throw new LaterException(TimeSpan.FromSeconds(5), $"the parent's server failed with ports {string.Join(", ", failed)} of router {entry.ParentId}");
        }

        book.Replace(entry, report.Applied(entry));
        if (statuses.Count > 0 || !report.IsEmpty)
        {
            Log.Told(log, entry.ParentId, string.Join("; ", Words(report, statuses)));
        }
    }

    /// <summary>Tells that a router leads nothing here any more. Before anything is taken away: whoever has it next shall not be contradicted later.</summary>
    public async Task<RouterEntry> TellGoneAsync(RouterEntry entry, CancellationToken cancelled)
    {
        var led = entry.FloatingIps.Where(ip => ip.Value.Believed is not "DOWN" && !book.Leading(ip.Key, entry.ParentId).Any()).Select(ip => ip.Key).ToList();
        if (led.Count > 0)
        {
            await parent.TellAsync(entry.ParentId, led.ToDictionary(id => id, _ => "DOWN", StringComparer.Ordinal), cancelled);
            led.ForEach(id => Lost(id, entry.ParentId));
            Log.Told(log, entry.ParentId, string.Join("; ", led.Select(id => $"floating IP {id} is DOWN")));
        }

        var told = entry with { FloatingIps = entry.FloatingIps.ToDictionary(ip => ip.Key, ip => ip.Value with { Believed = "DOWN" }, StringComparer.Ordinal) };
        book.Replace(entry, told);
        return told;
    }

    /// <summary>Who leads it now, and read of it before, tells it anew.</summary>
    void Lost(string floatingIp, string routerId)
    {
        book.Lost(floatingIp);
        foreach (var other in book.Leading(floatingIp, routerId))
        {
            agendas.Router(other.ParentId);
        }
    }

    static IEnumerable<string> Words(RouterReport report, Dictionary<string, string> statuses) =>
    [
        .. report.Up.Select(id => $"port {id} is up"), .. report.Down.Select(id => $"port {id} is down"), .. statuses.Select(ip => $"floating IP {ip.Key} is {ip.Value}"),
    ];
}
