using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.NovaProxy.Networks;

/// <summary>Reads what the network info of some ports needs: four lists, however many ports.</summary>
internal sealed class ParentFacts(ParentClouds parent)
{
    NetworkClient Neutron => parent.Neutron.Network;

    public async Task<NetworkFacts> OfAsync(IReadOnlyCollection<Port> ports, CancellationToken cancelled)
    {
        if (ports.Count == 0)
        {
            return new(new Dictionary<string, NetworkInfo>(), [], [], []);
        }

        var networks = Distinct(ports.Select(port => port.NetworkId));
        var subnets = Distinct(ports.SelectMany(port => port.FixedIps ?? []).Select(address => address.SubnetId));
        try
        {
            return new(
                (await AllAsync(Neutron.Networks.ListAsync(Scope.Own, new() { Ids = networks }, cancelled))).ToDictionary(network => network.Id, StringComparer.Ordinal),
                await AllAsync(Neutron.Subnets.ListAsync(Scope.Own, new() { Ids = subnets }, cancelled)),
                subnets.Count == 0 ? [] : await AllAsync(Neutron.Ports.ListAsync(Scope.Own, new() { NetworkIds = networks, DeviceOwners = ["network:dhcp"] }, cancelled)),
                subnets.Count == 0 ? [] : await FloatingAsync([.. ports.Select(port => port.Id)], cancelled));
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of("reading the networks of the instance", fault);
        }
    }

    /// <summary>A parent without routers has no floating IPs (nova/network/neutron.py: _safe_get_floating_ips).</summary>
    async Task<IReadOnlyList<FloatingIp>> FloatingAsync(IReadOnlyList<string> ports, CancellationToken cancelled)
    {
        try
        {
            return await AllAsync(Neutron.FloatingIps.ListAsync(Scope.Own, new() { PortIds = ports }, cancelled));
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            return [];
        }
    }

    static List<string> Distinct(IEnumerable<string?> ids) => [.. ids.OfType<string>().Distinct(StringComparer.Ordinal)];

    static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }
}
