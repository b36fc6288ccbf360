using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>A reboot under way, soft or hard.</summary>
internal sealed class RebootOperation(RebootServer reboot, OrderEnd end) : IServerOperation
{
    public string Event => Events.Reboot;

    /// <summary>What nova-api wrote alone is nobody's yet: its message comes, or native would leave it, too.</summary>
    public bool IsUnderWay(Believed row) => row.TaskState is TaskStates.RebootPending or TaskStates.RebootPendingHard || IsStarted(row);

    public Verdict Judge(Believed row, Server seen, bool answers) =>
        !IsStarted(row) || !answers || seen.TaskState is not null || seen.Status is "REBOOT" or "HARD_REBOOT" ? Verdict.Nothing.Instance
        : seen.Status == "ACTIVE" ? Verdict.Done.Instance
        // nova/compute/manager.py: reboot_instance: a guest that still runs keeps its vm_state, any other is in error.
        : ServerReport.Failed(seen, "reboot", ServerReport.PowerOf(seen) == PowerState.Running ? null : VmStates.Error);

    public Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        var vmState = row.Text("vm_state") == VmStates.Rescued ? VmStates.Rescued : VmStates.Active;
        return end.DoneAsync(row, Event, OrderEnd.State(ServerReport.PowerOf(seen!), vmState), null, context, cancelled);
    }

    /// <summary>What was pending is done again, what had started is looked at (nova/compute/manager.py: _retry_reboot).</summary>
    public Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) =>
        IsStarted(Believed.Of(row))
            ? Task.CompletedTask
            : reboot.GiveAsync(row, row.Text("task_state") == TaskStates.RebootPendingHard, context, cancelled);

    static bool IsStarted(Believed row) => row.TaskState is TaskStates.RebootStarted or TaskStates.RebootStartedHard;
}
