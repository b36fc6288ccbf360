using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.L2Proxy.Ports;
using Cascade.NeutronAgent.Server;

namespace Cascade.L2Proxy.Mirroring;

/// <summary>What the parent has now. Reads that change nothing there: get_ports and bulk_pull, never the details calls, which set ports to BUILD.</summary>
internal sealed class ParentView(INeutronServer server, MirrorRules rules)
{
    /// <summary>With every binding, not only the active one; null when there is none.</summary>
    public async Task<NeutronPort?> PortAsync(string id, CancellationToken cancelled) => (await PortsAsync([id], cancelled)).SingleOrDefault();

    public Task<IReadOnlyList<NeutronPort>> PortsAsync(IReadOnlyCollection<string> ids, CancellationToken cancelled) =>
        server.PullAsync(NeutronObjects.Port, "id", ids, NeutronPort.Read, cancelled);

    /// <summary>Every port with a binding on our host, in one answer. Of a port with two bindings it shows the active one.</summary>
    public Task<IReadOnlyList<NeutronPort>> OnHostAsync(CancellationToken cancelled) =>
        server.AskAsync(new GetPorts(Filters.Of("binding:host_id", rules.Host)), cancelled);

    /// <summary>The ports of one network with a binding on our host.</summary>
    public Task<IReadOnlyList<NeutronPort>> OnHostAsync(string networkId, CancellationToken cancelled)
    {
        var filters = Filters.Of("binding:host_id", rules.Host);
        filters["network_id"] = Filters.Of("network_id", networkId)["network_id"]!.DeepClone();
        return server.AskAsync(new GetPorts(filters), cancelled);
    }

    public async Task<NeutronNetwork?> NetworkAsync(string id, CancellationToken cancelled) => (await NetworksAsync([id], cancelled)).SingleOrDefault();

    public Task<IReadOnlyList<NeutronNetwork>> NetworksAsync(IReadOnlyCollection<string> ids, CancellationToken cancelled) =>
        server.PullAsync(NeutronObjects.Network, "id", ids, NeutronNetwork.Read, cancelled);

    /// <summary>All subnets of these networks.</summary>
    public Task<IReadOnlyList<NeutronSubnet>> SubnetsAsync(IReadOnlyCollection<string> networkIds, CancellationToken cancelled) =>
        server.PullAsync(NeutronObjects.Subnet, "network_id", networkIds, NeutronSubnet.Read, cancelled);

    /// <summary>
    /// Those of these ports that are routers' and need their network in the child. Whether a network is external is asked of its dictionary: the object does not say
    /// it (neutron/objects/network.py: Network). No question when there is no such port.
    /// </summary>
    public async Task<IReadOnlyList<NeutronPort>> InsideAsync(IEnumerable<NeutronPort> ports, CancellationToken cancelled)
    {
        var routing = ports.Where(port => port.NetworkId is not null && PortPlaces.NeedsNetwork(port, rules.Host)).ToList();
        var external = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in routing.Select(port => port.NetworkId!).Distinct(StringComparer.Ordinal).Chunk(BulkPulls.Chunk))
        {
            external.UnionWith((await server.AskAsync(new GetNetworks(Filters.Of("id", some)), cancelled)).Where(network => network.External is true).Select(network => network.Id));
        }

        return [.. routing.Where(port => !external.Contains(port.NetworkId!))];
    }
}
