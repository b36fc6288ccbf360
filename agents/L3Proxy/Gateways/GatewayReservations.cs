using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Server;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Gateways;

/// <summary>
/// Addresses outside that the parent sets aside for this host: one for each distributed router whose part with SNAT is elsewhere. A native host has a single one for all of
/// them, in a namespace that they share (neutron/agent/l3/dvr_fip_ns.py: FipNamespace); in a child each router has a gateway of its own, and no two hold one address. They are
/// ports <c>network:dhcp</c> of the parent, the kind that a host may ask for, and found by their device id, so that a crash between two steps reserves nothing twice. Only a
/// look at a router makes them, and no two looks at one overlap.
/// </summary>
internal sealed class GatewayReservations(INeutronServer server, L3ProxyOptions options, AgentOptions agent, TimeProvider time, ILogger<GatewayReservations> log)
{
    const string Owner = "network:dhcp";

    /// <summary>Until the parent is asked again for what it refused.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    /// <summary>Classes of neutron_lib.exceptions: the pool is exhausted; the subnet is for other kinds of ports (service_types).</summary>
    static readonly string[] Refusals = ["IpAddressGenerationFailure", "InvalidInput"];

    readonly ConcurrentDictionary<string, byte> holders = new(StringComparer.Ordinal);
    readonly RecentRefusals<(string Router, string Network), string> refused = new(Quiet, time);

    string Prefix => $"gateway-{agent.Host}-";

    /// <summary>All that there are, an earlier life's too: the router → its ports, on whatever networks.</summary>
    public async Task<ILookup<string, RouterPort>> LoadAsync(CancellationToken cancelled)
    {
        var filters = Filters.Of("network_id", options.ExternalNetworks.Keys);
        filters["device_owner"] = new JsonArray(Owner);
        return Ours(options.ExternalNetworks.Count == 0 ? []
            : (await server.AskAsync(new BulkPull(NeutronObjects.Port, NeutronObjects.Version(NeutronObjects.Port), filters), cancelled)).Select(NeutronPort.Read).OfType<NeutronPort>());
    }

    /// <summary>Those of these routers, as they are now.</summary>
    public async Task<ILookup<string, RouterPort>> ReadAsync(IReadOnlyCollection<string> routers, CancellationToken cancelled) =>
        Ours(await server.PullAsync(NeutronObjects.Port, "device_id", routers.Select(router => Prefix + router), NeutronPort.Read, cancelled));

    /// <summary>Why the parent does not set one aside at present; null when it was not asked, or not for a while.</summary>
    public string? Refused(string routerId, string network) => refused.Of((routerId, network));

    /// <summary>Sets one aside. What was set aside there before, on other subnets, is given back.</summary>
    public async Task MakeAsync(string routerId, ReservationDue due, CancellationToken cancelled)
    {
        holders[routerId] = 0;
        foreach (var other in (await ReadAsync([routerId], cancelled))[routerId].Where(port => port.NetworkId == due.NetworkId).Take(1))
        {
            await GiveBackAsync(routerId, [other], cancelled);
        }

        try
        {
            // Nobody's, as the address is that native hosts have (neutron/db/l3_dvr_db.py: create_fip_agent_gw_port_if_not_exists).
            if (await server.AskAsync(CreateDhcpPort.Of(agent.Host, due.NetworkId, Prefix + routerId, "", due.SubnetIds), cancelled) is { } made)
            {
                refused.Forget((routerId, due.NetworkId));
                Log.GatewayReserved(log, routerId, string.Join(", ", made.FixedIps.Select(ip => ip.IpAddress)));
                return;
            }

            // dhcp_rpc.py: _port_action swallows what is about a network or a subnet.
            Refuse(routerId, due, "its network or subnet is gone, or takes no such port");
        }
        catch (RpcFault fault) when (Refusals.Any(fault.Is))
        {
            Refuse(routerId, due, fault.Message);
        }
    }

    /// <summary>Gives back what a router of this host has no more; none is no error.</summary>
    /// <param name="routerId">The parent's.</param>
    /// <param name="used">Whether the child's router has its addresses, or shall have them: all on its network stays.</param>
    /// <param name="cancelled">Ends it.</param>
    public async Task ReleaseAsync(string routerId, Func<RouterPort, bool> used, CancellationToken cancelled)
    {
        if (!holders.ContainsKey(routerId))
        {
            return;
        }

        var networks = (await ReadAsync([routerId], cancelled))[routerId].ToLookup(port => port.NetworkId, StringComparer.Ordinal);
        foreach (var unused in networks.Where(some => !some.Any(used)))
        {
            await GiveBackAsync(routerId, [.. unused], cancelled);
        }

        if (!networks.Any(some => some.Any(used)))
        {
            holders.TryRemove(routerId, out _);
        }
    }

    /// <summary>It has one, as a comparison found.</summary>
    public void Holds(string routerId) => holders[routerId] = 0;

    /// <summary>Gives back all that these ports have on their network.</summary>
    public async Task GiveBackAsync(string routerId, IReadOnlyList<RouterPort> ports, CancellationToken cancelled)
    {
        foreach (var network in ports.GroupBy(port => port.NetworkId!, StringComparer.Ordinal))
        {
            await server.AskAsync(new ReleaseDhcpPort(agent.Host, network.Key, Prefix + routerId), cancelled);
            Log.GatewayReleased(log, routerId, string.Join(", ", network.SelectMany(port => port.FixedIps).Select(ip => ip.IpAddress)));
        }
    }

    void Refuse(string routerId, ReservationDue due, string reason)
    {
        refused.Remember((routerId, due.NetworkId), $"the parent sets no address on its network {due.NetworkId} aside for this host: {reason}");
        Log.GatewayNotReserved(log, routerId, due.NetworkId, reason);
    }

    string RouterOf(RouterPort port) => port.DeviceId![Prefix.Length..];

    ILookup<string, RouterPort> Ours(IEnumerable<NeutronPort> ports) => ports
        .Where(port => port is { DeviceOwner: Owner, NetworkId: not null } && port.DeviceId?.StartsWith(Prefix, StringComparison.Ordinal) == true && Guid.TryParse(port.DeviceId[Prefix.Length..], out _))
        .OrderBy(port => port.Id, StringComparer.Ordinal)
        .Select(Read)
        .ToLookup(RouterOf, StringComparer.Ordinal);

    static RouterPort Read(NeutronPort port) => new(port.Id, port.Raw)
    {
        ProjectId = port.ProjectId,
        NetworkId = port.NetworkId,
        DeviceId = port.DeviceId,
        DeviceOwner = port.DeviceOwner,
        MacAddress = port.MacAddress,
        AdminStateUp = port.AdminStateUp,
        Status = port.Status,
        FixedIps = [.. port.FixedIps.Select(ip => new RouterAddress(ip.SubnetId, ip.IpAddress, null))],
    };
}

/// <summary>What is to be set aside.</summary>
/// <param name="NetworkId">The parent's.</param>
/// <param name="SubnetIds">The parent's, one address on each.</param>
internal sealed record ReservationDue(string NetworkId, IReadOnlyList<string> SubnetIds);
