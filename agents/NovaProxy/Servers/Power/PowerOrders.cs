using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>start_instance and stop_instance: the order is given to the child and the message let go; the watch completes.</summary>
internal sealed class PowerOrders(KeyedQueue queue, Instances instances, InstanceBoundary boundary, ServerOrder order, Refusals refusals)
    : IHandle<StartInstance>, IHandle<StopInstance>
{
    public Task<JsonNode?> HandleAsync(StartInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.Start, call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(StopInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.Stop, call.Instance, context, cancelled);

    /// <summary>Gives the order. Within the instance's turn.</summary>
    public Task GiveAsync(PowerOrder kind, VersionedObject row, RpcContext context, CancellationToken cancelled) =>
        order.GiveAsync(
            row,
            context,
            kind.Event,
            $"{kind.Verb} the server in the child",
            seen => seen.Status == kind.Status || seen.TaskState == kind.TaskState,
            (servers, scope, id, stop) => kind == PowerOrder.Start ? servers.StartAsync(scope, id, stop) : servers.StopAsync(scope, id, stop),
            cancelled);

    Task<JsonNode?> HandleAsync(PowerOrder kind, VersionedObject instance, RpcContext context, CancellationToken cancelled)
    {
        var uuid = instance.Text("uuid") ?? throw NovaFaults.Failed($"{kind.Event}: the instance came without its uuid");
        return queue.RunAsync(uuid, turn => OrderAsync(kind, uuid, context, turn.Cancelled), cancelled: cancelled);
    }

    async Task<JsonNode?> OrderAsync(PowerOrder kind, string uuid, RpcContext context, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        refusals.RequireChild();
        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled);
        if (row is null || (row.Text("task_state") is null && row.Text("vm_state") == kind.VmState))
        {
            // Gone meanwhile, or done by an earlier life that could not acknowledge it any more.
            return null;
        }

        return await boundary.RunAsync(
            context,
            row,
            kind.Event,
            InstanceWrapping.Native | InstanceWrapping.LeaveOpen,
            async stop =>
            {
                await GiveAsync(kind, row, context, stop);
                return null;
            },
            cancelled);
    }
}
