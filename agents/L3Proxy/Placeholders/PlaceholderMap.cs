using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.FloatingIps;
using Cascade.L3Proxy.Routers;
using FixedIp = Cascade.OpenStack.Network.FixedIp;

namespace Cascade.L3Proxy.Placeholders;

/// <summary>
/// Which ports need a placeholder: those that are bound nowhere. To a native agent's router any port is one, wherever it is bound: it knows nothing of it but addresses
/// (neutron/agent/l3/router_info.py: process_floating_ip_addresses).
/// </summary>
internal sealed class PlaceholderMap(ChildNetworks networks)
{
    /// <param name="led">The parent's ports to which something outside leads; one may come twice.</param>
    /// <param name="ports">What stands for them.</param>
    /// <param name="cancelled">Ends it.</param>
    public async Task<IReadOnlyList<WantedPlaceholder>> WantedAsync(IEnumerable<string?> led, InnerPorts ports, CancellationToken cancelled)
    {
        var wanted = new List<WantedPlaceholder>();
        foreach (var id in led.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (ports.Find(id) is { Unbound: { } port } inner)
            {
                wanted.AddRange(await UnboundAsync(port, inner, cancelled));
            }
            else if (ports.Find(id) is { Placeholder: { } stands })
            {
                wanted.Add(new(id, stands.NetworkId ?? "", stands.MacAddress ?? "", stands.FixedIps ?? []) { ChildId = stands.Id });
            }
        }

        return wanted;
    }

    /// <returns>None while L2-Proxy has not made the network.</returns>
    async Task<IEnumerable<WantedPlaceholder>> UnboundAsync(NeutronPort port, InnerPort inner, CancellationToken cancelled)
    {
        var subnets = port.FixedIps.Select(ip => ip.SubnetId).OfType<string>().ToList();
        if (port is not { NetworkId: { } networkId, MacAddress: { } mac } || await networks.FindAsync(networkId, subnets, cancelled) is not { } network || !subnets.TrueForAll(network.Subnets.ContainsKey))
        {
            return [];
        }

        IReadOnlyList<FixedIp> addresses = [.. port.FixedIps.Select(ip => new FixedIp(network.Subnets[ip.SubnetId!], ip.IpAddress))];
        var differs = inner.Placeholder is { } there && !RouterPlan.SameAddresses(there.FixedIps, addresses);
        return [new(port.Id, network.Id, mac, addresses) { ChildId = inner.Placeholder?.Id, Differs = differs }];
    }
}
