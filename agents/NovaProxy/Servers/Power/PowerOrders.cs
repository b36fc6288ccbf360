using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>Start and stop, pause and suspend and what ends them, and the two that put off a deletion: the order is given to the child and the message let go; the watch completes.</summary>
internal sealed class PowerOrders(OrderIntake intake, ServerOrder order)
    : IHandle<StartInstance>, IHandle<StopInstance>, IHandle<PauseInstance>, IHandle<UnpauseInstance>, IHandle<SuspendInstance>, IHandle<ResumeInstance>,
        IHandle<SoftDeleteInstance>, IHandle<RestoreInstance>
{
    public Task<JsonNode?> HandleAsync(StartInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.Start, call.Instance, context, cancelled);

    /// <summary>The child's API has no word for how to stop: it is always the clean way, after which the guest is cut off (nova/compute/api.py: stop).</summary>
    public Task<JsonNode?> HandleAsync(StopInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.Stop, call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(PauseInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.Pause, call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(UnpauseInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.Unpause, call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(SuspendInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.Suspend, call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(ResumeInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.Resume, call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(SoftDeleteInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.SoftDelete, call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(RestoreInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(PowerOrder.Restore, call.Instance, context, cancelled);

    /// <summary>Gives the order. Within the instance's turn.</summary>
    public Task GiveAsync(PowerOrder kind, VersionedObject row, RpcContext context, CancellationToken cancelled) =>
        order.GiveAsync(
            row,
            context,
            kind.Event,
            $"{kind.Verb} the server in the child",
            seen => kind.Goal.IsReached(seen) || kind.Goal.IsNearing(seen),
            (servers, scope, seen, stop) => kind.Goal.IsReached(seen) && seen.TaskState is null ? Task.CompletedTask : kind.Goal.GiveAsync(servers, scope, seen, stop),
            cancelled);

    Task<JsonNode?> HandleAsync(PowerOrder kind, VersionedObject instance, RpcContext context, CancellationToken cancelled)
    {
        var uuid = instance.Uuid(kind.Event);
        return intake.RunAsync(
            uuid,
            kind.Event,
            context,
            // Gone or deleted meanwhile, or ended by an earlier life that could not acknowledge it any more.
            (row, _) => Task.FromResult(row?.Text("task_state") != kind.TaskState),
            (row, stop) => GiveAsync(kind, row, context, stop),
            cancelled);
    }
}
