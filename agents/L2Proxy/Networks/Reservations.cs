using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.L2Proxy.Mirroring;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Server;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Networks;

/// <summary>
/// Addresses that the parent sets aside for the child's own DHCP: ports <c>network:dhcp</c> of the parent, one device id for a network on this host, as many
/// addresses of each subnet as the child has DHCP agents for a network. Found by that device id, so that a crash between two steps reserves nothing twice.
/// </summary>
internal sealed class Reservations(ParentView parent, INeutronServer server, MirrorRules rules, ILogger<Reservations> log)
{
    public string DeviceOf(string networkId) => $"dhcp-{rules.Host}-{networkId}";

    public bool IsOurs(NeutronPort port) => port.DeviceOwner == "network:dhcp" && port.NetworkId is { } network && port.DeviceId == DeviceOf(network);

    /// <summary>What is reserved: the subnet → its addresses, those of more agents than the child has left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Of(IEnumerable<NeutronPort> ports) => ports
        .Where(IsOurs)
        .OrderBy(port => port.Id, StringComparer.Ordinal)
        .SelectMany(port => port.FixedIps)
        .Where(ip => ip is { SubnetId: not null, IpAddress: not null })
        .GroupBy(ip => ip.SubnetId!, ip => ip.IpAddress!, StringComparer.Ordinal)
        .ToDictionary(ips => ips.Key, ips => (IReadOnlyList<string>)[.. ips.Take(rules.DhcpAgents)], StringComparer.Ordinal);

    /// <summary>The subnets that need more addresses.</summary>
    public IReadOnlyList<NeutronSubnet> Missing(IEnumerable<NeutronSubnet> subnets, IReadOnlyDictionary<string, IReadOnlyList<string>> reserved) =>
        [.. subnets.Where(subnet => MayReserve(subnet) && (reserved.GetValueOrDefault(subnet.Id)?.Count ?? 0) < rules.DhcpAgents)];

    /// <summary>
    /// A subnet for certain kinds of ports only has an address for a DHCP port if it is named among them or if DHCP is on
    /// (neutron/objects/subnet.py: query_filter_service_subnets; in Zed _query_entity_service_subnets). Where neither is so the child needs none.
    /// </summary>
    static bool MayReserve(NeutronSubnet subnet) => subnet.EnableDhcp is not false || subnet.ServiceTypes.Count == 0 || subnet.ServiceTypes.Contains("network:dhcp");

    /// <summary>Reserves what is missing. A subnet that has no address left is missing in what is returned.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> EnsureAsync(
        NeutronNetwork network, IReadOnlyList<NeutronSubnet> subnets, CancellationToken cancelled)
    {
        var reserved = Of(await parent.OnHostAsync(network.Id, cancelled));
        for (var round = 0; round < rules.DhcpAgents && Missing(subnets, reserved) is { Count: > 0 } missing; round++)
        {
            await ReserveAsync(network, missing, cancelled);
            reserved = Of(await parent.OnHostAsync(network.Id, cancelled));
        }

        return reserved;
    }

    /// <summary>All of a network's at once; none is no error.</summary>
    public Task ReleaseAsync(string networkId, CancellationToken cancelled) =>
        server.AskAsync(new ReleaseDhcpPort(rules.Host, networkId, DeviceOf(networkId)), cancelled);

    async Task ReserveAsync(NeutronNetwork network, IReadOnlyList<NeutronSubnet> subnets, CancellationToken cancelled)
    {
        try
        {
            var made = await server.AskAsync(
                CreateDhcpPort.Of(rules.Host, network.Id, DeviceOf(network.Id), network.ProjectId, subnets.Select(subnet => subnet.Id)), cancelled);
            if (made is null)
            {
                throw new LaterException(TimeSpan.FromSeconds(2), $"network {network.Id} changed while addresses for the child's DHCP were reserved");
            }

            Log.Reserved(log, network.Id, string.Join(", ", made.FixedIps.Select(ip => ip.IpAddress)));
        }
        catch (RpcFault fault) when (subnets.Count > 1)
        {
            // One that is full must not take the others' addresses with it.
            Log.NotReserved(log, network.Id, fault.Message);
            foreach (var subnet in subnets)
            {
                await ReserveAsync(network, [subnet], cancelled);
            }
        }
        catch (RpcFault fault)
        {
            Log.NotReserved(log, network.Id, fault.Message);
        }
    }
}
