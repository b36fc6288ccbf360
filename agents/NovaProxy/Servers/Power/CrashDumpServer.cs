using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>trigger_crash_dump: changes no state, so its only trace is its event (nova/compute/manager.py: trigger_crash_dump).</summary>
internal sealed class CrashDumpServer(OrderIntake intake, CrashDumps dumps) : IHandle<TriggerCrashDump>
{
    public Task<JsonNode?> HandleAsync(TriggerCrashDump call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("trigger_crash_dump");
        return intake.RunAsync(
            uuid,
            Events.CrashDump,
            context,
            (row, _) => Task.FromResult(row is null || row.Text("task_state") == TaskStates.Deleting || CrashDumpMark.HasEnded(row, context.RequestId)),
            (row, stop) => dumps.GiveAsync(row, context, stop),
            cancelled);
    }
}
