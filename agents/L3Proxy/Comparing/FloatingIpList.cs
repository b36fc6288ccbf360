using Cascade.Agent.Verbs;
using Cascade.L3Proxy.Parent;
using Cascade.L3Proxy.Qos;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Child;

namespace Cascade.L3Proxy.Comparing;

/// <summary>Floating IPs that lead somewhere in the parent, and what stands for them, for <c>mirror list</c>.</summary>
internal sealed class FloatingIpList(ParentRouters parent, RouterReader reader, RouterPolicies policies) : IMirrorSource
{
    public string Noun => "floating IPs";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var routers = await parent.AllAsync(cancelled);
        var wanted = await policies.ShownAsync(await reader.WantedAsync(routers, cancelled), cancelled);
        var seen = (await reader.SightsAsync(cancelled)).SelectMany(sight => sight.FloatingIps).ToLookup(ip => Stamp.ParentOf(ip.Description)!, StringComparer.Ordinal);
        var rows = new List<MirrorRow>();
        foreach (var (router, shall) in routers.Zip(wanted))
        {
            rows.AddRange(router.FloatingIps.Concat(router.PortForwardingFloatingIps).Select(ip => new MirrorRow(
                ip.Id,
                ip.FloatingIpAddress,
                ip.Status ?? "-",
                seen[ip.Id].FirstOrDefault()?.Id ?? "-",
                seen[ip.Id].FirstOrDefault()?.Status ?? "-",
                Note(ip.Id, shall, seen.Contains(ip.Id)))));
        }

        var known = rows.Select(row => row.Uuid).ToHashSet(StringComparer.Ordinal);
        rows.AddRange(seen.Where(same => !known.Contains(same.Key)).SelectMany(same => same).Select(ip => new MirrorRow(
            Stamp.ParentOf(ip.Description)!, ip.Address, "-", ip.Id, ip.Status ?? "-", "orphan: in the parent it leads nowhere on this host")));
        return rows;
    }

    static string Note(string id, WantedRouter wanted, bool stands) =>
        wanted.Unserved.TryGetValue(id, out var fault) ? fault is null ? "waits for its port" : $"refused: {fault}"
        : wanted.FloatingIps.All(ip => ip.ParentId != id) ? "another host's"
        : stands ? "linked" : "missing in the child";
}
