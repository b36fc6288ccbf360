using System.Collections.Concurrent;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.Routers;
using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Ports;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Placeholders;

/// <summary>Placeholders: made before what leads to them, taken away when no router leads to them any more. Which one has which is a cache, rebuilt by every comparison.</summary>
internal sealed class PlaceholderMirroring(ChildCloud child, ChildNetworks networks, ILogger<PlaceholderMirroring> log)
{
    /// <summary>The parent's router → the child's placeholders to which it leads.</summary>
    readonly ConcurrentDictionary<string, IReadOnlySet<string>> users = new(StringComparer.Ordinal);

    /// <summary>Whether a router leads anywhere by one.</summary>
    public bool Uses(string routerId) => users.TryGetValue(routerId, out var held) && held.Count > 0;

    /// <summary>Makes those that are due.</summary>
    /// <returns>The parent's port → why there is none, of those that the child cannot hold.</returns>
    public async Task<IReadOnlyDictionary<string, string>> MakeAsync(WantedRouter wanted, CancellationToken cancelled)
    {
        var refused = new Dictionary<string, string>(StringComparer.Ordinal);
        var project = await networks.ProjectAsync(cancelled);
        foreach (var due in wanted.Placeholders.Where(one => one.IsDue))
        {
            var actuator = new PlaceholderActuator(child, project, due.NetworkId, due.MacAddress);
            try
            {
                var made = await new Mirror<WantedPlaceholder, Port>(actuator, log).EnsureAsync(due.ParentPortId, new BookLink(due.ChildId), _ => Task.FromResult(due), cancelled);
                Keep(wanted.ParentId, [made.Seen.Id, .. users.GetValueOrDefault(wanted.ParentId) ?? new HashSet<string>()]);
                if (made.Origin is not Origin.Created)
                {
                    await actuator.UpdateAsync(made.Seen, due, cancelled);
                }

                Log.PlaceholderMade(log, made.Seen.Id, due.ParentPortId);
            }
            catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
            {
                // Another one that is about to go, or L2-Proxy was first: the next look finds it by its MAC.
                await actuator.FreeAsync(due, cancelled);
            }
            catch (CloudFault fault) when (Faults.IsFinal(fault) || fault.Kind is FaultKind.NotFound)
            {
                networks.Forget(due.NetworkId);
                refused[due.ParentPortId] = $"the child does not take a port for {due.ParentPortId}, which is bound nowhere: {Faults.Text(fault)}";
            }
        }

        return refused;
    }

    /// <summary>
    /// Learns which routers lead, or shall lead, to which, and takes away those to which none does. One that something still leads to goes when its router was looked at: a
    /// floating IP whose port goes first belongs to no router any more and would be overlooked.
    /// </summary>
    public async Task RebuildAsync(ChildSight seen, IReadOnlyList<WantedRouter> wanted, CancellationToken cancelled)
    {
        var there = seen.Placeholders.Select(port => port.Id).ToHashSet(StringComparer.Ordinal);
        var led = seen.Routers.SelectMany(router => router.FloatingIps.SelectMany(PortsOf).Where(there.Contains), (router, port) => (RouterId: Stamp.ParentOf(router.Router.Description) ?? "", Port: port));
        var shall = wanted.SelectMany(router => router.Placeholders, (router, one) => (RouterId: router.ParentId, Port: one.ChildId ?? "")).Where(pair => pair.Port.Length > 0);
        foreach (var router in led.Concat(shall).GroupBy(pair => pair.RouterId, pair => pair.Port, StringComparer.Ordinal))
        {
            Keep(router.Key, router);
        }

        foreach (var loose in there.Where(id => !users.Values.Any(held => held.Contains(id))))
        {
            await RemoveAsync(loose, cancelled);
        }
    }

    /// <summary>Takes away those to which the router led and nobody leads now.</summary>
    /// <param name="placeholders">Those to which it leads.</param>
    public async Task ReleaseAsync(string routerId, IEnumerable<string> placeholders, CancellationToken cancelled)
    {
        var held = placeholders.ToHashSet(StringComparer.Ordinal);
        foreach (var left in (users.GetValueOrDefault(routerId) ?? held).Except(held).Where(id => !users.Any(one => one.Key != routerId && one.Value.Contains(id))))
        {
            await RemoveAsync(left, cancelled);
        }

        if (held.Count > 0)
        {
            users[routerId] = held;
        }
        else
        {
            users.TryRemove(routerId, out _);
        }
    }

    static IEnumerable<string> PortsOf(FloatingIp ip) => [.. (ip.PortForwardings ?? []).Select(one => one.InternalPortId).Append(ip.PortId).OfType<string>()];

    void Keep(string routerId, IEnumerable<string> placeholders) => users[routerId] = placeholders.ToHashSet(StringComparer.Ordinal);

    async Task RemoveAsync(string placeholder, CancellationToken cancelled)
    {
        if (await Placeholder.RemoveAsync(child, placeholder, cancelled))
        {
            Log.PlaceholderRemoved(log, placeholder);
        }
    }
}
