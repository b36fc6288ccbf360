using System.Text.Json.Nodes;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers;

/// <summary>
/// How an order about a server is taken: in the instance's turn, under the parent's request id, only while the child answers, on the row as it is now,
/// and inside the native boundary with the event left open, because the watch sees the end.
/// </summary>
internal sealed class OrderIntake(KeyedQueue queue, Instances instances, InstanceBoundary boundary, Refusals refusals)
{
    /// <param name="isOver">Looks at the row, null when it is gone, and says that there is nothing left to order.</param>
    /// <param name="give">Gives the order to the child.</param>
    public Task<JsonNode?> RunAsync(
        string uuid,
        string name,
        RpcContext context,
        Func<VersionedObject?, CancellationToken, Task<bool>> isOver,
        Func<VersionedObject, CancellationToken, Task> give,
        CancellationToken cancelled) =>
        queue.RunAsync(uuid, turn => TakeAsync(uuid, name, context, isOver, give, turn.Cancelled), cancelled: cancelled);

    async Task<JsonNode?> TakeAsync(
        string uuid,
        string name,
        RpcContext context,
        Func<VersionedObject?, CancellationToken, Task<bool>> isOver,
        Func<VersionedObject, CancellationToken, Task> give,
        CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        refusals.RequireChild();
        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled);
        if (await isOver(row, cancelled) || row is null)
        {
            return null;
        }

        return await boundary.RunAsync(
            context,
            row,
            name,
            InstanceWrapping.Native | InstanceWrapping.LeaveOpen,
            async stop =>
            {
                await give(row, stop);
                return null;
            },
            cancelled);
    }
}
