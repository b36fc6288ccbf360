using System.Collections.Concurrent;
using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers;

/// <summary>
/// What was asked of the child and is not seen yet: a cache. After a restart the parent's rows say the same (task_state), and what only memory knew, the
/// request to name in the event and the arguments of a build, falls back to the last action and to no reschedule.
/// </summary>
internal sealed class Orders
{
    readonly ConcurrentDictionary<string, Order> orders = new(StringComparer.Ordinal);

    public Order? Of(string uuid) => orders.GetValueOrDefault(uuid);

    public void Give(string uuid, Order order) => orders[uuid] = order;

    public void Done(string uuid) => orders.TryRemove(uuid, out _);
}

/// <summary>One order.</summary>
/// <param name="Event">The event that is open.</param>
/// <param name="Context">The request that it belongs to.</param>
/// <param name="Given">Our clock when the child had taken it: what was asked for earlier cannot show its outcome.</param>
/// <param name="Build">The build, to be handed back if it fails.</param>
internal sealed record Order(string Event, RpcContext Context, long Given, BuildAndRunInstance? Build = null);
