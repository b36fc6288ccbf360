using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>start_instance and stop_instance: the order is given to the child and the message let go; the watch completes.</summary>
internal sealed class PowerOrders(OrderIntake intake, ServerOrder order)
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
        return intake.RunAsync(
            uuid,
            kind.Event,
            context,
            // Gone meanwhile, or done by an earlier life that could not acknowledge it any more.
            (row, _) => Task.FromResult(row is null || (row.Text("task_state") is null && row.Text("vm_state") == kind.VmState)),
            (row, stop) => GiveAsync(kind, row, context, stop),
            cancelled);
    }
}
