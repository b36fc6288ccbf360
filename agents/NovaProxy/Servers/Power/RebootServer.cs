using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>reboot_instance, soft and hard, with nova's chain of task states (nova/compute/manager.py: reboot_instance).</summary>
internal sealed class RebootServer(OrderIntake intake, Instances instances, ServerOrder order) : IHandle<RebootInstance>
{
    public Task<JsonNode?> HandleAsync(RebootInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("reboot_instance");
        return intake.RunAsync(
            uuid,
            Events.Reboot,
            context,
            // Gone meanwhile, or done by an earlier life that could not acknowledge it any more.
            (row, _) => Task.FromResult(row?.Text("task_state") is null),
            (row, stop) => GiveAsync(row, call.RebootType == "HARD", context, stop),
            cancelled);
    }

    /// <summary>The chain of one kind: what nova-api wrote, pending, started.</summary>
    public static string[] Chain(bool hard) => hard
        ? [TaskStates.RebootingHard, TaskStates.RebootPendingHard, TaskStates.RebootStartedHard]
        : [TaskStates.Rebooting, TaskStates.RebootPending, TaskStates.RebootStarted];

    /// <summary>Gives the order. Within the instance's turn.</summary>
    public async Task GiveAsync(VersionedObject row, bool hard, RpcContext context, CancellationToken cancelled)
    {
        var chain = Chain(hard);
        var uuid = row.Text("uuid")!;
        var pending = new JsonObject { ["task_state"] = chain[1], ["power_state"] = row.Number("power_state") };
        await instances.SaveAsync(context.Elevated(), uuid, pending, chain, cancelled);
        await instances.SaveAsync(context.Elevated(), uuid, new() { ["task_state"] = chain[2] }, [chain[1]], cancelled);
        await order.GiveAsync(
            row,
            context,
            Events.Reboot,
            "rebooting the server in the child",
            seen => seen.Status is "REBOOT" or "HARD_REBOOT" || seen.TaskState?.StartsWith("reboot", StringComparison.Ordinal) is true,
            (servers, scope, id, stop) => servers.RebootAsync(scope, id, hard ? RebootType.Hard : RebootType.Soft, stop),
            cancelled);
    }
}
