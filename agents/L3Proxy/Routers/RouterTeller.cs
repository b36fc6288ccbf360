using Cascade.L3Proxy.Parent;
using Cascade.NeutronAgent.Looking;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Routers;

/// <summary>Tells the parent what has become of a router's ports and floating IPs, and remembers what it was told.</summary>
internal sealed class RouterTeller(ParentRouters parent, RouterBook book, ILogger<RouterTeller> log)
{
    /// <param name="entry">With what the parent believes.</param>
    /// <param name="seen">Null when the child routes nothing.</param>
    /// <param name="lost">Floating IPs that led somewhere and no longer do: a native agent names them (neutron/agent/l3/router_info.py: update_fip_statuses).</param>
    /// <exception cref="LaterException">The parent's server failed with a port.</exception>
    public async Task TellAsync(RouterEntry entry, RouterSight? seen, IEnumerable<string> lost, CancellationToken cancelled)
    {
        var report = RouterReport.Of(entry, seen);
        var statuses = report.FloatingIps.ToDictionary(StringComparer.Ordinal);
        foreach (var id in lost.Where(id => !entry.FloatingIps.ContainsKey(id)))
        {
            statuses[id] = "DOWN";
        }

        book.Set(entry);
        if (statuses.Count > 0)
        {
            await parent.TellAsync(entry.ParentId, statuses, cancelled);
        }

        var failed = report.Up.Count + report.Down.Count == 0 ? new HashSet<string>() : await parent.TellPortsAsync(report.Up, report.Down, cancelled);
        if (failed.Count > 0)
        {
            throw new LaterException(TimeSpan.FromSeconds(5), $"the parent's server failed with ports {string.Join(", ", failed)} of router {entry.ParentId}");
        }

        book.Set(report.Applied(entry));
        if (statuses.Count > 0 || !report.IsEmpty)
        {
            Log.Told(log, entry.ParentId, string.Join("; ", Words(report, statuses)));
        }
    }

    static IEnumerable<string> Words(RouterReport report, Dictionary<string, string> statuses) =>
    [
        .. report.Up.Select(id => $"port {id} is up"), .. report.Down.Select(id => $"port {id} is down"), .. statuses.Select(ip => $"floating IP {ip.Key} is {ip.Value}"),
    ];
}
