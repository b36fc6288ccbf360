using System.Collections.Concurrent;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Stamped;

/// <summary>
/// Orders that the child has taken and that are not seen to be done: a cache. After a restart the rows say the same, and what only memory knew, the request
/// to name in a notification, falls back to none.
/// </summary>
internal class Orders
{
    readonly ConcurrentDictionary<string, Order> orders = new(StringComparer.Ordinal);

    public bool IsEmpty => orders.IsEmpty;

    public Order? Of(string id) => orders.GetValueOrDefault(id);

    public void Give(string id, Order order) => orders[id] = order;

    public void Done(string id) => orders.TryRemove(id, out _);
}

/// <param name="Context">The request that it belongs to; null for one that an earlier life had.</param>
/// <param name="Given">Our clock when the child had taken it: what was asked for earlier cannot show its outcome.</param>
internal sealed record Order(RpcContext? Context, long Given);

internal sealed class SnapshotOrders : Orders;

internal sealed class BackupOrders : Orders;
