using System.Text.Json.Nodes;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers;

/// <summary>
/// How an order about a server is taken: in the instance's turn, under the parent's request id, only while the child answers, on the row as it is now,
/// and inside the native boundary with the event left open, because the watch sees the end.
/// </summary>
internal sealed class OrderIntake(
    KeyedQueue queue, Instances instances, InstanceBoundary boundary, ActionEvents events, ServerRefusals refusals, ILogger<OrderIntake> log)
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

    /// <summary>
    /// As <c>RunAsync</c>, for an order that may take long before the child has it: a delete of the instance ends it, and its event, without a word.
    /// </summary>
    /// <param name="give">Gives the order; within its turn it may step aside.</param>
    public Task<JsonNode?> RunInterruptiblyAsync(
        string uuid,
        string name,
        RpcContext context,
        Func<VersionedObject?, CancellationToken, Task<bool>> isOver,
        Func<VersionedObject, Turn, Task> give,
        CancellationToken cancelled) =>
        queue.RunAsync<JsonNode?>(
            uuid,
            async turn =>
            {
                try
                {
                    return await TakeAsync(uuid, name, context, isOver, (row, _) => give(row, turn), turn.Cancelled);
                }
                catch (OperationCanceledException) when (turn.WasInterrupted)
                {
                    // Its delete stands behind us in the queue and clears away everything.
                    await events.TryFinishAsync(log, context, uuid, name, null, CancellationToken.None);
                    return null;
                }
            },
            interruptible: true,
            cancelled);

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
            stop => give(row, stop),
            cancelled);
    }
}
