using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.NeutronAgent.Server;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Gateways;

/// <summary>
/// Addresses outside that the parent sets aside for this host: one for each distributed router whose part with SNAT is elsewhere. A native host has a single one for all of
/// them, in a namespace that they share (neutron/agent/l3/dvr_fip_ns.py: FipNamespace); in a child each router has a gateway of its own, and no two hold one address. They are
/// ports <c>network:dhcp</c> of the parent, the kind that a host may ask for, and found by their device id, so that a crash between two steps reserves nothing twice.
/// </summary>
internal sealed class GatewayReservations(INeutronServer server, L3ProxyOptions options, AgentOptions agent, ILogger<GatewayReservations> log) : IDisposable
{
    const string Owner = "network:dhcp";

    /// <summary>Ids in one question.</summary>
    const int Chunk = 200;

    readonly ConcurrentDictionary<string, IReadOnlyList<RouterPort>> held = new(StringComparer.Ordinal);
    readonly SemaphoreSlim one = new(1);

    string Prefix => $"gateway-{agent.Host}-";

    public string DeviceOf(string routerId) => Prefix + routerId;

    /// <summary>Learns of all that there are, an earlier life's too.</summary>
    /// <returns>The routers that have any, on whatever networks.</returns>
    public Task<IReadOnlyList<string>> LoadAsync(CancellationToken cancelled) => AloneAsync<IReadOnlyList<string>>(
        async () =>
        {
            if (options.ExternalNetworks.Count > 0)
            {
                var filters = Filters.Of("network_id", options.ExternalNetworks.Keys);
                filters["device_owner"] = new JsonArray(Owner);
                var found = await PullAsync(filters, cancelled);
                held.Clear();
                foreach (var ports in found)
                {
                    held[ports.Key] = [.. ports];
                }
            }

            return [.. held.Keys];
        },
        cancelled);

    /// <summary>Those of these routers, as they are now.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<RouterPort>>> ReadAsync(IReadOnlyCollection<string> routers, CancellationToken cancelled) =>
        AloneAsync(() => AskAsync(routers, cancelled), cancelled);

    /// <summary>Sets one aside, on the subnets on which the router has its addresses.</summary>
    /// <returns>Null when the parent refuses one.</returns>
    public Task<RouterPort?> ReserveAsync(string routerId, string network, IEnumerable<string> subnets, CancellationToken cancelled) => AloneAsync(
        async () =>
        {
            // A look and a comparison may want it at once.
            var known = await AskAsync([routerId], cancelled);
            return On(known.GetValueOrDefault(routerId, []), network) ?? await MakeAsync(routerId, network, subnets, cancelled);
        },
        cancelled);

    public static RouterPort? On(IEnumerable<RouterPort> of, string network) => of.Where(port => port.NetworkId == network).MinBy(port => port.Id, StringComparer.Ordinal);

    /// <summary>Gives back what a router has no more; none is no error.</summary>
    /// <param name="routerId">The parent's.</param>
    /// <param name="used">Whether the child's router has its addresses, or shall have them: all on its network stays.</param>
    /// <param name="cancelled">Ends it.</param>
    public async Task ReleaseAsync(string routerId, Func<RouterPort, bool> used, CancellationToken cancelled)
    {
        var ports = Of(routerId);
        foreach (var network in ports.GroupBy(port => port.NetworkId!, StringComparer.Ordinal).Where(some => !some.Any(used)))
        {
            await server.AskAsync(new ReleaseDhcpPort(agent.Host, network.Key, DeviceOf(routerId)), cancelled);
            Log.GatewayReleased(log, routerId, string.Join(", ", network.SelectMany(port => port.FixedIps).Select(ip => ip.IpAddress)));
            Hold(routerId, [.. Of(routerId).Where(port => port.NetworkId != network.Key)]);
        }
    }

    public void Dispose() => one.Dispose();

    IReadOnlyList<RouterPort> Of(string routerId) => held.GetValueOrDefault(routerId, []);

    void Hold(string routerId, IReadOnlyList<RouterPort> ports)
    {
        if (ports.Count > 0)
        {
            held[routerId] = ports;
        }
        else
        {
            held.TryRemove(routerId, out _);
        }
    }

    async Task<T> AloneAsync<T>(Func<Task<T>> job, CancellationToken cancelled)
    {
        await one.WaitAsync(cancelled);
        try
        {
            return await job();
        }
        finally
        {
            one.Release();
        }
    }

    async Task<IReadOnlyDictionary<string, IReadOnlyList<RouterPort>>> AskAsync(IReadOnlyCollection<string> routers, CancellationToken cancelled)
    {
        foreach (var some in routers.Chunk(Chunk))
        {
            var found = await PullAsync(Filters.Of("device_id", some.Select(DeviceOf)), cancelled);
            foreach (var router in some)
            {
                Hold(router, [.. found[router]]);
            }
        }

        return routers.Distinct(StringComparer.Ordinal).ToDictionary(router => router, Of, StringComparer.Ordinal);
    }

    async Task<RouterPort?> MakeAsync(string routerId, string network, IEnumerable<string> subnets, CancellationToken cancelled)
    {
        try
        {
            // Nobody's, as the address is that native hosts have (neutron/db/l3_dvr_db.py: create_fip_agent_gw_port_if_not_exists).
            if (await server.AskAsync(CreateDhcpPort.Of(agent.Host, network, DeviceOf(routerId), "", subnets), cancelled) is not { } made)
            {
                return null;
            }

            var port = Read(made);
            Hold(routerId, [.. Of(routerId), port]);
            Log.GatewayReserved(log, routerId, string.Join(", ", port.FixedIps.Select(ip => ip.IpAddress)));
            return port;
        }
        catch (RpcFault fault)
        {
            // Full, or for certain kinds of ports only (service_types).
            Log.GatewayNotReserved(log, routerId, network, fault.Message);
            return null;
        }
    }

    async Task<ILookup<string, RouterPort>> PullAsync(JsonObject filters, CancellationToken cancelled) =>
        (await server.AskAsync(new BulkPull(NeutronObjects.Port, NeutronObjects.Version(NeutronObjects.Port), filters), cancelled))
        .Select(NeutronPort.Read)
        .OfType<NeutronPort>()
        .Where(port => port is { DeviceOwner: Owner, NetworkId: not null } && port.DeviceId?.StartsWith(Prefix, StringComparison.Ordinal) == true && Guid.TryParse(port.DeviceId[Prefix.Length..], out _))
        .Select(Read)
        .ToLookup(port => port.DeviceId![Prefix.Length..], StringComparer.Ordinal);

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
