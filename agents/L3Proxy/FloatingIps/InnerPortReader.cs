using Cascade.Agent;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.Parent;
using Cascade.NeutronAgent.Ports;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.FloatingIps;

/// <summary>
/// Finds what stands in the child for the ports behind floating IPs and NDP proxies: on a network of ours it is the MAC that tells a port, which no tenant can choose there.
/// Where one is bound is asked only of those that the child has not, or only a placeholder for.
/// </summary>
internal sealed class InnerPortReader(ChildCloud child, ChildNetworks networks, ParentRouters parent, AgentOptions agent)
{
    /// <summary>MACs in one question: a longer URL is refused by web servers in front of Neutron.</summary>
    const int Chunk = 100;

    /// <param name="routers">With floating IPs that say of their ports what they are.</param>
    /// <param name="others">Ports of which nothing but the id is known.</param>
    /// <param name="cancelled">Ends it.</param>
    public async Task<InnerPorts> ReadAsync(IEnumerable<NeutronRouter> routers, IEnumerable<string> others, CancellationToken cancelled)
    {
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var ip in routers.SelectMany(router => router.FloatingIps).Where(ip => ip is { PortId: not null, PortDetails: { NetworkId: not null, MacAddress: not null } }))
        {
            places[ip.PortId!] = new(ip.PortDetails!.NetworkId!, ip.PortDetails.MacAddress!);
        }

        var pulled = new Dictionary<string, NeutronPort>(StringComparer.Ordinal);
        await PullAsync(others.Where(id => !places.ContainsKey(id)), pulled, cancelled);
        foreach (var port in pulled.Values.Where(port => port is { NetworkId: not null, MacAddress: not null }))
        {
            places[port.Id] = new(port.NetworkId!, port.MacAddress!);
        }

        var found = await FindAsync(places, cancelled);
        await PullAsync(places.Keys.Where(id => (!found.TryGetValue(id, out var seen) || Placeholder.Is(seen)) && !pulled.ContainsKey(id)), pulled, cancelled);
        return new(places.Keys.ToDictionary(id => id, id => Of(found.GetValueOrDefault(id), pulled.GetValueOrDefault(id)), StringComparer.Ordinal));
    }

    InnerPort Of(Port? seen, NeutronPort? port)
    {
        if (seen is not null && !Placeholder.Is(seen))
        {
            return new(seen.Id, null, IsHere: true);
        }

        var host = port?.ActiveBinding?.Host ?? "";
        var isUnbound = port is not null && host.Length == 0;
        // Of one that is bound here the placeholder does until L2-Proxy has made its own.
        var stands = isUnbound || host == agent.Host ? seen : null;
        return new(stands?.Id, host, host == agent.Host) { Unbound = isUnbound ? port : null, Placeholder = stands };
    }

    async Task PullAsync(IEnumerable<string> ids, Dictionary<string, NeutronPort> into, CancellationToken cancelled)
    {
        foreach (var port in await parent.PortsAsync([.. ids.Distinct(StringComparer.Ordinal)], cancelled))
        {
            into[port.Id] = port;
        }
    }

    async Task<Dictionary<string, Port>> FindAsync(Dictionary<string, Place> places, CancellationToken cancelled)
    {
        var wanted = new Dictionary<(string Network, string Mac), string>();
        foreach (var (id, place) in places)
        {
            if (await networks.FindAsync(place.NetworkId, [], cancelled) is { } network)
            {
                wanted[(network.Id, Lower(place.MacAddress))] = id;
            }
        }

        var found = new Dictionary<string, Port>(StringComparer.Ordinal);
        foreach (var some in wanted.Keys.Select(key => key.Mac).Distinct(StringComparer.Ordinal).Chunk(Chunk))
        {
            await foreach (var seen in child.Cloud.Network.Ports.ListAsync(Scope.Own, new() { MacAddresses = some }, cancelled))
            {
                if (seen is { NetworkId: { } network, MacAddress: { } mac } && wanted.TryGetValue((network, Lower(mac)), out var id))
                {
                    found[id] = seen;
                }
            }
        }

        return found;
    }

#pragma warning disable CA1308 // MACs are written in lower case.
    static string Lower(string mac) => mac.ToLowerInvariant();
#pragma warning restore CA1308

    sealed record Place(string NetworkId, string MacAddress);
}
