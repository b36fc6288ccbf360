using System.Collections.Concurrent;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Qos;

/// <summary>
/// The QoS policies of gateways and floating IPs: for each of the parent's that a router names stands one in the child (<see cref="QosUse.Routers"/>). A gateway whose limit
/// cannot be had is made without and says so; a floating IP is not, as it could not say so.
/// </summary>
internal sealed class RouterPolicies(ChildCloud child, IQosPolicies policies, QosMirroring all)
{
    readonly ConcurrentDictionary<string, IReadOnlySet<string>> users = new(StringComparer.Ordinal);

    /// <summary>Makes what is missing.</summary>
    /// <returns>With the child's policies beside the parent's.</returns>
    public async Task<WantedRouter> EnsureAsync(WantedRouter wanted, CancellationToken cancelled)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var translated = await WithAsync(
            wanted,
            async (policy, owner) =>
            {
                named.Add(UserOf(wanted.ParentId, owner));
                return await policies.EnsureAsync(policy, UserOf(wanted.ParentId, owner), cancelled);
            },
            cancelled);
        Leave(wanted.ParentId, named);
        return translated;
    }

    /// <summary>The router is no longer mirrored here.</summary>
    public void Gone(string routerId)
    {
        Leave(routerId, new HashSet<string>());
        users.TryRemove(routerId, out _);
    }

    /// <summary>The same by what is there: makes nothing.</summary>
    public async Task<IReadOnlyList<WantedRouter>> ShownAsync(IReadOnlyList<WantedRouter> wanted, CancellationToken cancelled)
    {
        if (!wanted.Any(router => router.Gateway?.QosPolicy is not null || router.FloatingIps.Any(ip => ip.QosPolicy is not null)))
        {
            return wanted;
        }

        var there = (await all.OursAsync(cancelled)).GroupBy(policy => QosUse.Routers.ParentOf(policy.Description)!, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First().Id, StringComparer.Ordinal);
        var shown = new List<WantedRouter>();
        foreach (var router in wanted)
        {
            shown.Add(await WithAsync(router, (policy, _) => Task.FromResult<string?>(there.GetValueOrDefault(policy, "missing")), cancelled));
        }

        return shown;
    }

    async Task<WantedRouter> WithAsync(WantedRouter wanted, Func<string, string, Task<string?>> find, CancellationToken cancelled)
    {
        var obstacles = wanted.Obstacles.ToList();
        var unserved = wanted.Unserved.ToDictionary(StringComparer.Ordinal);
        var gateway = wanted.Gateway;
        if (gateway?.QosPolicy is { } limit)
        {
            var found = await FindAsync(limit, "gateway", Extension.QosGatewayIp, $"the gateway of router {wanted.ParentId}", find, cancelled);
            gateway = gateway with { ChildQosPolicy = found.ChildId, QosIsUnknown = found.Obstacle is not null };
            Note(found, obstacles);
        }

        var served = new List<WantedFloatingIp>();
        foreach (var ip in wanted.FloatingIps)
        {
            var found = ip.QosPolicy is { } policy ? await FindAsync(policy, ip.ParentId, Extension.QosFip, $"floating IP {ip.ParentId}", find, cancelled) : new(null, null);
            if (found.Obstacle is { } obstacle)
            {
                unserved[ip.ParentId] = obstacle.IsFinal ? obstacle.Reason : null;
                Note(found, obstacles);
            }
            else
            {
                served.Add(ip with { ChildQosPolicy = found.ChildId });
            }
        }

        return wanted with { Gateway = gateway, FloatingIps = served, Unserved = unserved, Obstacles = obstacles };
    }

    async Task<Found> FindAsync(string policyId, string owner, string extension, string whose, Func<string, string, Task<string?>> find, CancellationToken cancelled)
    {
        try
        {
            return await child.Cloud.Network.Extensions.HasAsync(Scope.Own, extension, cancelled)
                ? new(await find(policyId, owner), null)
                : throw new RefusedException($"{whose} has QoS policy {policyId}, which would have no effect: the child cannot limit it ({extension})");
        }
        catch (RefusedException refused)
        {
            return new(null, new(refused.Message, IsFinal: true));
        }
        catch (LaterException later)
        {
            return new(null, new($"QoS policy {policyId} of {whose} is not in the child yet: {later.Message}", IsFinal: false));
        }
    }

    void Leave(string routerId, IReadOnlySet<string> named)
    {
        foreach (var left in users.GetValueOrDefault(routerId, named).Except(named))
        {
            policies.Gone(left);
        }

        users[routerId] = named;
    }

    static void Note(Found found, List<Obstacle> obstacles)
    {
        if (found.Obstacle is { } obstacle)
        {
            obstacles.Add(obstacle);
        }
    }

    /// <summary>A floating IP may go from one router to another: each names it by itself.</summary>
    static string UserOf(string routerId, string owner) => $"{routerId}/{owner}";

    sealed record Found(string? ChildId, Obstacle? Obstacle);
}
