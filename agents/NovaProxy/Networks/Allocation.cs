using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks;

/// <summary>
/// Gives an instance its ports in the parent, as a native compute does (nova/network/neutron.py: allocate_for_instance), and may be done again from any
/// point: what an earlier life made carries the instance as its device and is adopted. What fails is undone.
/// </summary>
internal sealed class Allocation(
    ParentPorts ports, TenantNetworks networks, InfoCache cache, VirtualInterfaces interfaces, Release release, ILogger<Allocation> log)
{
    /// <param name="instance">As it is now; its info cache is read anew.</param>
    /// <param name="requested">What was asked for.</param>
    /// <param name="groups">Names or ids of security groups.</param>
    /// <param name="mayAdopt">Which ports of the instance an earlier life may have made for this request.</param>
    /// <returns>The ports of this request, in its order, and the instance's network info.</returns>
    /// <exception cref="RpcFault">As nova raises them, see <see cref="NetworkFaults"/>.</exception>
    public async Task<Allocated> AllocateAsync(
        VersionedObject instance, RequestedNics requested, IReadOnlyList<string> groups, Func<Port, bool> mayAdopt, RpcContext context, CancellationToken cancelled)
    {
        if (requested.None)
        {
            return Allocated.Nothing;
        }

        var own = await ports.OfAsync(instance, cancelled);
        var given = await GivenAsync(instance, requested, own, cancelled);
        var known = (await interfaces.OfAsync(context.Elevated(), instance.Text("uuid")!, cancelled)).Select(one => one.Text("uuid")!).ToList();
        // In the order in which they were given, as far as they were: a tag goes with its port.
        var adoptable = own.Where(port => !given.ContainsKey(port.Id) && mayAdopt(port)).OrderBy(port => (uint)known.IndexOf(port.Id)).ToList();
        var wanted = await WantedAsync(instance, requested, given, adoptable, context, cancelled);
        if (wanted.Count == 0)
        {
            return Allocated.Nothing;
        }

        var groupIds = await networks.GroupsAsync(instance, groups, context, cancelled);
        var work = new Work(instance, context, own, given, adoptable, known);
        try
        {
            foreach (var (request, network) in wanted)
            {
                work.Chosen.Add((request, network, await PortAsync(work, request, network, groupIds, cancelled)));
            }

            return await BindAsync(work, cancelled);
        }
        catch (RpcFault fault) when (!fault.Is("InstanceNotFound"))
        {
            await UndoAsync(work, fault);
            throw;
        }
    }

    /// <summary>Ports that were asked for by their id, checked as nova checks them (_validate_requested_port_ids).</summary>
    async Task<Dictionary<string, Port>> GivenAsync(VersionedObject instance, RequestedNics requested, IReadOnlyList<Port> own, CancellationToken cancelled)
    {
        var uuid = instance.Text("uuid")!;
        var given = new Dictionary<string, Port>(StringComparer.Ordinal);
        foreach (var id in requested.PortIds.Distinct())
        {
            if (own.FirstOrDefault(one => one.Id == id) is { } ours)
            {
                given[id] = ours;
                continue;
            }

            var port = await ports.FindAsync(id, cancelled) ?? throw NetworkFaults.PortNotFound(id);
            if (port.ProjectId != instance.Text("project_id"))
            {
                throw NetworkFaults.PortNotUsable(id, uuid);
            }

            if (!string.IsNullOrEmpty(port.DeviceId))
            {
                throw NetworkFaults.PortInUse(id);
            }

            if (port.DnsName is { Length: > 0 } name && name != instance.Text("hostname"))
            {
                throw NetworkFaults.PortNotUsableDns(id, uuid, name, instance.Text("hostname"));
            }

            if (port.BindingVifType == "binding_failed")
            {
                throw NetworkFaults.PortBindingFailed(id);
            }

            given[id] = port;
        }

        return given;
    }

    async Task<IReadOnlyList<(NicRequest Request, NetworkInfo Network)>> WantedAsync(
        VersionedObject instance, RequestedNics requested, Dictionary<string, Port> given, List<Port> adoptable, RpcContext context, CancellationToken cancelled)
    {
        if (!requested.Unspecified && !requested.Auto)
        {
            var all = requested.All.Select(one => one.PortId is { } id ? one with { NetworkId = given[id].NetworkId } : one).Where(one => one.NetworkId is not null);
            return await networks.OfAsync([.. all], context, cancelled);
        }

        var tag = requested.All is [var only] ? only.Tag : null;
        if (adoptable is [{ NetworkId: { } chosen }, ..])
        {
            // An earlier life has chosen already; the tenant may have made another network since.
            return await networks.OfAsync([new(chosen, null, null, tag)], context, cancelled);
        }

        return await networks.OnlyAsync(instance, requested, context, cancelled) is { } network ? [(new(network.Id, null, null, tag), network)] : [];
    }

    async Task<Port> PortAsync(Work work, NicRequest request, NetworkInfo network, IReadOnlyList<string> groups, CancellationToken cancelled)
    {
        CheckGroups(network, groups);
        if (request.PortId is { } id)
        {
            return work.Given[id];
        }

        if (Adopted(work.Adoptable, request) is { } earlier)
        {
            Log.PortAdopted(log, earlier.Id, work.Uuid);
            return earlier;
        }

        var made = await CreateAsync(work, request, groups, cancelled);
        work.Made.Add(made.Id);
        if (made.ResourceRequest is { ValueKind: System.Text.Json.JsonValueKind.Object } resources && resources.EnumerateObject().Any())
        {
            throw NetworkFaults.NetworksWithQosPolicyNotSupported(work.Uuid, network.Id);
        }

        return made.BindingVifType == "binding_failed" ? throw NetworkFaults.PortBindingFailed(made.Id) : made;
    }

    async Task<Port> CreateAsync(Work work, NicRequest request, IReadOnlyList<string> groups, CancellationToken cancelled)
    {
        // Not to be given up once it is sent: a create that is given up is a port of which nobody knows until the delete.
        cancelled.ThrowIfCancellationRequested();
        try
        {
            return await ports.CreateAsync(work.Instance, request, groups, work.Context, CancellationToken.None);
        }
        catch (CloudFault lost)
        {
            var known = work.Own.Select(port => port.Id).Concat(work.Made).ToHashSet(StringComparer.Ordinal);
            var now = (await ports.OfAsync(work.Instance, CancellationToken.None)).Where(port => !known.Contains(port.Id)).ToList();
            return Adopted(now, request) ?? throw NeutronWords.Of($"creating a port on network {request.NetworkId}", lost, request.NetworkId, request.Address);
        }
    }

    async Task<Allocated> BindAsync(Work work, CancellationToken cancelled)
    {
        var premade = work.Given.Keys;
        var order = work.Chosen.Select(one => one.Port.Id).ToList();
        if (premade.Count > 0)
        {
            // Before the first of them says that it is this instance's: else a delete that comes now would take it for one that we made.
            await cache.WriteAsync(work.Instance, work.Shown(), order, premade, work.Context, cancelled);
        }

        for (var at = 0; at < work.Chosen.Count; at++)
        {
            var (request, network, port) = work.Chosen[at];
            work.Touched.Add(port.Id);
            port = await ports.BindAsync(work.Instance, port, network, work.Context, cancelled);
            work.Chosen[at] = (request, network, port);
            if (!work.Interfaces.Contains(port.Id))
            {
                await interfaces.CreateAsync(work.Context.Elevated(), work.Uuid, port.Id, port.MacAddress!, request.Tag, cancelled);
            }
        }

        var written = await cache.WriteAsync(work.Instance, work.Shown(), order, premade, work.Context, cancelled);
        return new([.. work.Chosen.Select(one => new Nic(one.Port.Id, one.Network.Id, one.Port.MacAddress!, one.Request.Tag, work.Given.ContainsKey(one.Port.Id)))], written);
    }

    /// <summary>What is left is found by the delete, for it carries the instance as its device.</summary>
    async Task UndoAsync(Work work, RpcFault why)
    {
        try
        {
            foreach (var id in work.Made.Concat(work.Touched).Distinct())
            {
                await release.PortAsync(work.Instance, id, work.Given.ContainsKey(id), work.Context, CancellationToken.None);
            }
        }
        catch (RpcFault fault)
        {
            Log.PortsLeft(log, fault, work.Uuid, why.Message);
        }
    }

    /// <summary>One that fits, which is taken out: by its address where one was asked for, else the oldest on the network.</summary>
    static Port? Adopted(List<Port> adoptable, NicRequest request)
    {
        var found = adoptable.Find(port =>
            port.NetworkId == request.NetworkId && (request.Address is null || port.FixedIps?.Any(address => address.IpAddress == request.Address) == true));
        if (found is not null)
        {
            adoptable.Remove(found);
        }

        return found;
    }

    /// <summary>nova/network/neutron.py: _create_ports_for_instance.</summary>
    static void CheckGroups(NetworkInfo network, IReadOnlyList<string> groups)
    {
        if (network.PortSecurityEnabled ?? true ? network.Subnets is not { Count: > 0 } : groups.Count > 0)
        {
            throw NetworkFaults.SecurityGroupCannotBeApplied();
        }
    }

    sealed record Work(VersionedObject Instance, RpcContext Context, IReadOnlyList<Port> Own, Dictionary<string, Port> Given, List<Port> Adoptable, List<string> Interfaces)
    {
        public string Uuid => Instance.Text("uuid")!;

        public List<(NicRequest Request, NetworkInfo Network, Port Port)> Chosen { get; } = [];

        /// <summary>Made now.</summary>
        public List<string> Made { get; } = [];

        /// <summary>Bound now, or about to be.</summary>
        public List<string> Touched { get; } = [];

        /// <summary>All ports of the instance, as last seen.</summary>
        public IReadOnlyList<Port> Shown() => [.. Chosen.Select(one => one.Port).Concat(Own).DistinctBy(port => port.Id)];
    }
}

/// <param name="Nics">In the order of the request.</param>
/// <param name="Info">The network info of the instance, these and all others.</param>
internal sealed record Allocated(IReadOnlyList<Nic> Nics, System.Text.Json.Nodes.JsonArray Info)
{
    public static Allocated Nothing => new([], []);
}
