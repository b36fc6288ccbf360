using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Ports;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Routers;

/// <summary>What the parent should believe of a router's ports and floating IPs, by what it believes and what the child shows. Pure.</summary>
internal sealed record RouterReport(IReadOnlyList<string> Up, IReadOnlyList<string> Down, IReadOnlyDictionary<string, string> FloatingIps)
{
    public bool IsEmpty => Up.Count == 0 && Down.Count == 0 && FloatingIps.Count == 0;

    /// <param name="entry">With what the parent believes.</param>
    /// <param name="seen">Null when the child has no such router, or routes nothing with it.</param>
    public static RouterReport Of(RouterEntry entry, RouterSight? seen)
    {
        var verdicts = entry.Ports.ToLookup(
            port => PortReport.Of(port.Value.Believed, port.Value.AdminUp && seen is not null, port.Value.ChildId is { } id ? seen?.Ports.FirstOrDefault(one => one.Id == id)?.Status : null),
            port => port.Key);
        return new(
            [.. verdicts[PortVerdict.Up]],
            [.. verdicts[PortVerdict.Down]],
            entry.FloatingIps
                .Select(ip => (Id: ip.Key, ip.Value.Believed, Status: StatusOf(ip.Value, seen)))
                .Where(ip => ip.Status != ip.Believed)
                .ToDictionary(ip => ip.Id, ip => ip.Status, StringComparer.Ordinal));
    }

    /// <summary>The entry after it was told.</summary>
    public RouterEntry Applied(RouterEntry entry) => entry with
    {
        Ports = entry.Ports.ToDictionary(
            port => port.Key,
            port => Up.Contains(port.Key) ? port.Value with { Believed = "ACTIVE" } : Down.Contains(port.Key) ? port.Value with { Believed = "DOWN" } : port.Value,
            StringComparer.Ordinal),
        FloatingIps = entry.FloatingIps.ToDictionary(
            ip => ip.Key, ip => FloatingIps.TryGetValue(ip.Key, out var status) ? ip.Value with { Believed = status } : ip.Value, StringComparer.Ordinal),
    };

    /// <summary>What is known of a router: its parts in the parent, each with what stands for it and what the parent believes.</summary>
    /// <param name="failed">Floating IPs that the child refused.</param>
    public static RouterEntry Entry(NeutronRouter router, WantedRouter wanted, RouterSight seen, IReadOnlyDictionary<string, string> failed)
    {
        var interfaces = wanted.Interfaces.ToDictionary(one => one.ParentPortId, one => seen.Interfaces.FirstOrDefault(port => RouterPlan.Is(port, one))?.Id, StringComparer.Ordinal);
        var ports = router.Interfaces.ToDictionary(port => port.Id, port => State(port, interfaces.GetValueOrDefault(port.Id)), StringComparer.Ordinal);
        if (router.GatewayPort is { } gateway && wanted.Gateway?.ParentPortId == gateway.Id)
        {
            ports[gateway.Id] = State(gateway, seen.GatewayPort?.Id);
        }

        // Several routers may want the one address of a native host, and one has it here: the others say nothing of it.
        if (wanted.Gateway?.Agents is { } agents && seen.GatewayPort is { } stands)
        {
            ports[agents.Id] = State(agents, stands.Id);
        }

        // The inner ports of a distributed router's part with SNAT are the child's own affair: they are up when the port of that network is.
        foreach (var port in router.SnatInterfaces.Where(port => port.Host is { Length: > 0 }))
        {
            var inner = router.Interfaces.FirstOrDefault(one => one.NetworkId == port.NetworkId);
            ports[port.Id] = State(port, inner is null ? null : interfaces.GetValueOrDefault(inner.Id));
        }

        return new(router.Id, seen.Router.Id)
        {
            HasGateway = wanted.Gateway is not null,
            Interfaces = router.Interfaces.Count,
            Ports = ports,
            FloatingIps = router.FloatingIps.Concat(router.PortForwardingFloatingIps)
                .Where(ip => wanted.Unserved.ContainsKey(ip.Id) || wanted.FloatingIps.Any(one => one.ParentId == ip.Id))
                .ToDictionary(ip => ip.Id, ip => State(ip, wanted, seen, failed), StringComparer.Ordinal),
        };
    }

    static RouterPortState State(RouterPort port, string? childId) => new(port.Status, port.AdminStateUp ?? true, childId);

    static FloatingIpState State(NeutronFloatingIp ip, WantedRouter wanted, RouterSight seen, IReadOnlyDictionary<string, string> failed) => new(
        ip.Status,
        ip.PortId,
        wanted.Unserved.ContainsKey(ip.Id) ? null : seen.FloatingIps.FirstOrDefault(one => NeutronAgent.Child.Stamp.ParentOf(one.Description) == ip.Id)?.Id,
        wanted.Unserved.GetValueOrDefault(ip.Id) ?? failed.GetValueOrDefault(ip.Id));

    static string StatusOf(FloatingIpState ip, RouterSight? seen) =>
        ip.Fault is not null ? "ERROR"
        : ip.ChildId is null || seen is null ? "DOWN"
        : Known(seen.FloatingIps.FirstOrDefault(one => one.Id == ip.ChildId));

    static string Known(FloatingIp? seen) => seen?.Status is "ACTIVE" or "ERROR" ? seen.Status : "DOWN";
}
