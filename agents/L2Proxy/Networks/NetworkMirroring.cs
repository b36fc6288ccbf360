using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.Subnets;
using Cascade.Mirror;
using Cascade.Mirror.Queue;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Networks;

/// <summary>
/// Networks of the parent, made in the child when the first port needs them: a server's, or a router's, whose own port is another agent's to make. One thing at a
/// time for each network.
/// </summary>
internal sealed class NetworkMirroring(
    ParentView parent,
    ChildCloud cloud,
    ChildNetworks child,
    NetworkBook book,
    PortBook ports,
    RouterPortBook routers,
    Reservations reservations,
    IQosPolicies qos,
    MirrorRules rules,
    MirrorState state,
    ILogger<NetworkMirroring> log)
{
    const int Budget = 16;

    // Above what the agendas of ports and of networks and a resync may have under way.
    const int Capacity = 100_000;

    readonly KeyedQueue lanes = new(Budget, Capacity);

    /// <summary>What stands for the network of a port, with the port's subnets and shared with its project.</summary>
    public async Task<MirroredNetwork> EnsureAsync(NeutronPort port, CancellationToken cancelled) =>
        Known(port, [port.ProjectId ?? ""]) ?? await InTurnAsync(port, [port.ProjectId ?? ""], cancelled);

    /// <summary>What stands for the network of a router's port, with the port's subnets. The child's routers are ours as the network is: it is shared with nobody for them.</summary>
    /// <remarks>Always in turn: unlike a server's, it makes nothing there that would fail if the network is being taken away just now.</remarks>
    public Task<MirroredNetwork> EnsureForRouterAsync(NeutronPort port, CancellationToken cancelled) => InTurnAsync(port, [], cancelled);

    /// <summary>Brings what stands for it to what the parent says now, for these projects and those that have ports on it.</summary>
    public Task RenewAsync(string id, IReadOnlyCollection<string> projects, CancellationToken cancelled) =>
        lanes.RunAsync(id, turn => MakeAsync(id, projects, turn.Cancelled), cancelled: cancelled);

    /// <summary>Brings it to what the parent says now; ends it when no port needs it.</summary>
    public Task RefreshAsync(string id, CancellationToken cancelled) => lanes.RunAsync(
        id,
        async turn =>
        {
            if (ports.On(id).Count > 0 || await IsRoutersAsync(id, turn.Cancelled))
            {
                await MakeAsync(id, [], turn.Cancelled);
            }
            else
            {
                await EndNowAsync(id, null, turn.Cancelled);
            }
        },
        cancelled: cancelled);

    /// <summary>Takes what stands for it, or this one, out of the child when nobody needs it.</summary>
    /// <returns>Whether it is gone.</returns>
    public Task<bool> EndAsync(string id, string childId, CancellationToken cancelled) =>
        lanes.RunAsync(id, turn => ports.On(id).Count > 0 ? Task.FromResult(false) : EndNowAsync(id, childId, turn.Cancelled), cancelled: cancelled);

    /// <summary>What was thought to stand for it does not: it is looked up anew.</summary>
    public void Forget(string id) => book.Remove(id);

    Task<MirroredNetwork> InTurnAsync(NeutronPort port, IReadOnlyCollection<string> projects, CancellationToken cancelled) =>
        lanes.RunAsync(port.NetworkId!, async turn => Known(port, projects) ?? await MakeAsync(port.NetworkId!, projects, turn.Cancelled), cancelled: cancelled);

    /// <returns>Null when it does not serve such a port, as far as is known.</returns>
    MirroredNetwork? Known(NeutronPort port, IReadOnlyCollection<string> projects) =>
        book.Find(port.NetworkId!) is { } known
        && port.FixedIps.All(ip => ip.SubnetId is null || known.Subnets.GetValueOrDefault(ip.SubnetId) is { IsFull: false })
        && projects.All(known.Projects.Contains) ? known : null;

    /// <summary>Asked again, although we know of such a port: the network may have become an external one.</summary>
    async Task<bool> IsRoutersAsync(string id, CancellationToken cancelled) =>
        routers.IsAnyOn(id) && (await parent.InsideAsync(await parent.OnHostAsync(id, cancelled), cancelled)).Count > 0;

    async Task<MirroredNetwork> MakeAsync(string id, IReadOnlyCollection<string> projects, CancellationToken cancelled)
    {
        book.Touched.Add(id);
        var network = await parent.NetworkAsync(id, cancelled) ?? throw new LaterException(TimeSpan.FromSeconds(5), $"the parent's network {id} is gone");
        var subnets = (await parent.SubnetsAsync([id], cancelled)).Where(SubnetMap.IsReal).ToList();
        // From now on: one that goes meanwhile is told by nothing but its id.
        book.KnowSubnets(id, [.. subnets.Select(subnet => subnet.Id)]);
        var wanted = await WantedAsync(network, cancelled);
        var ours = await child.ProjectAsync(cancelled);
        var seen = await NetworkAsync(id, wanted, ours, cancelled);
        var facts = new NetworkFacts(
            network, subnets, await reservations.EnsureAsync(network, subnets, cancelled), seen, await child.SubnetsAsync(seen.Id, cancelled), new HashSet<string>());
        // What is to go leaves first: a new one may have its range (neutron/db/ipam_backend_mixin.py: _validate_subnet_cidr).
        var (left, stays) = await new StraySubnets(cloud, child, log).RemoveAsync(facts, ours, cancelled);
        facts = facts with { ChildSubnets = left };
        facts = facts with { ChildSubnets = await SubnetsAsync(facts, ours, cancelled) };
        // Shared last: before, nobody but us can take an address of its pools.
        facts = facts with { Shares = await ShareAsync(id, seen.Id, projects, ours, cancelled) };
        var mirrored = facts.Mirrored(wanted);
        book.Set(mirrored);
        stays?.Throw();
        return mirrored;
    }

    public async Task<WantedNetwork> WantedAsync(NeutronNetwork network, CancellationToken cancelled)
    {
        var traits = await child.TraitsAsync(cancelled);
        var policy = traits.Qos ? await qos.EnsureAsync(network.QosPolicyId, network.Id, cancelled) : null;
        return NetworkMap.Wanted(network, rules, traits, policy);
    }

    async Task<NetworkInfo> NetworkAsync(string id, WantedNetwork wanted, string ours, CancellationToken cancelled)
    {
        var actuator = new NetworkActuator(cloud, book, ours, log);
        var mirror = new Mirror<WantedNetwork, NetworkInfo>(actuator, log);
        var found = await mirror.EnsureAsync(id, new BookLink(book.Find(id)?.ChildId), _ => Task.FromResult(wanted), cancelled);
        if (found.Origin is not Origin.Created)
        {
            await actuator.UpdateAsync(found.Seen, wanted, cancelled);
        }

        return found.Seen;
    }

    async Task<IReadOnlyList<Subnet>> SubnetsAsync(NetworkFacts facts, string ours, CancellationToken cancelled)
    {
        var actuator = new SubnetActuator(cloud, facts.Child!.Id, ours);
        var mirror = new Mirror<WantedSubnet, Subnet>(actuator, log);
        var there = facts.ChildSubnets.ToList();
        foreach (var subnet in facts.ParentSubnets)
        {
            var wanted = facts.Wanted(subnet);
            if (facts.ChildOf(subnet) is { } seen)
            {
                await actuator.UpdateAsync(seen, wanted, cancelled);
            }
            else
            {
                there.Add((await mirror.EnsureAsync(subnet.Id, new BookLink(null), _ => Task.FromResult(wanted), cancelled)).Seen);
            }
        }

        return there;
    }

    async Task<IReadOnlySet<string>> ShareAsync(string id, string childId, IReadOnlyCollection<string> projects, string ours, CancellationToken cancelled)
    {
        var needed = ports.On(id).Select(port => port.ProjectId).Concat(projects).ToHashSet(StringComparer.Ordinal);
        var policies = await child.SharesAsync(childId, cancelled);
        var shared = policies.Select(policy => policy.TargetTenant!).Append(ours).ToHashSet(StringComparer.Ordinal);
        foreach (var who in needed.Where(who => !shared.Contains(who)))
        {
            await child.ShareAsync(childId, who, cancelled);
        }

        foreach (var policy in state.IsComplete ? policies.Where(policy => !needed.Contains(policy.TargetTenant!)) : [])
        {
            await child.UnshareAsync(policy, cancelled);
            shared.Remove(policy.TargetTenant!);
        }

        shared.UnionWith(needed);
        return shared;
    }

    /// <summary>Takes it out of the child when nobody needs it: the parent has no port of it here, the child none that is not its own.</summary>
    /// <returns>Whether it is gone.</returns>
    async Task<bool> EndNowAsync(string id, string? childId, CancellationToken cancelled)
    {
        var here = state.IsComplete ? await parent.OnHostAsync(id, cancelled) : null;
        if (here is null || here.Any(port => PortPlaces.Of(port, rules.Host) is PortPlace.Here) || (await parent.InsideAsync(here, cancelled)).Count > 0)
        {
            return false;
        }

        var actuator = new NetworkActuator(cloud, book, await child.ProjectAsync(cancelled), log);
        var seen = ((childId ?? book.Find(id)?.ChildId) is { } known ? await actuator.FindAsync(known, cancelled) : null) ?? await actuator.AdoptAsync(id, cancelled);
        if (seen is not null)
        {
            var on = await child.PortsAsync([seen.Id], cancelled);
            var left = on.Where(port => !PortActuator.IsService(port)).ToList();
            if (left.Count > 0)
            {
                Log.NetworkKept(log, seen.Id, id, left.Count);
                return false;
            }

            if (on.FirstOrDefault(PortActuator.IsRouters) is { } router)
            {
                // Nobody tells us when the agent of routers, or a tenant of the child, has taken it off.
                throw new LaterException(TimeSpan.FromSeconds(5), $"network {seen.Id}, which stood for {id}, stays until router {router.DeviceId} of the child lets go of it");
            }

            await actuator.DeleteAsync(seen, cancelled);
            book.Unknow(seen.Id);
            Log.NetworkRemoved(log, seen.Id, id);
        }

        if (here.Any(reservations.IsOurs))
        {
            await reservations.ReleaseAsync(id, cancelled);
        }

        // What lists showed of it until now is older.
        book.Touched.Add(id);
        book.Remove(id);
        book.KnowSubnets(id, []);
        qos.Gone(id);
        return true;
    }
}
