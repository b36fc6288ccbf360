using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Rebuild;

/// <summary>A rebuild that the child was asked for.</summary>
internal sealed class RebuildOperation(Instances instances, ActionEvents events, ChildServers servers, ReimagedVolume reimaged, PowerOrders power, OrderEnd end, TimeProvider time)
    : IServerOperation
{
    public string Event => Events.Rebuild;

    /// <summary>Before, the message is worked on.</summary>
    public bool IsUnderWay(Believed row) => row.TaskState is TaskStates.RebuildSpawning;

    public Verdict Judge(Believed row, Server seen, bool answers) =>
        !answers || seen.TaskState is not null || seen.Status is "REBUILD" or "BUILD" or "UNKNOWN" ? Verdict.Nothing.Instance
        // A child's stopped server is stopped again by the child itself, as natively (nova/compute/manager.py: _do_rebuild_instance, orig_vm_state).
        : seen.Status is "ACTIVE" || (seen.Status is "SHUTOFF" && row.VmState == VmStates.Stopped) ? Verdict.Done.Instance
        : ServerReport.Failed(seen, "rebuild", VmStates.Error);

    public async Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        await reimaged.TellAsync(row, context, cancelled);
        var changes = OrderEnd.State(ServerReport.PowerOf(seen!), VmStates.Active);
        changes["launched_at"] = NovaTime.Of(time.GetUtcNow());
        changes["config_drive"] = ServerReport.HasConfigDrive(seen!) ? "True" : "";
        var uuid = row.Text("uuid")!;
        await end.DoneAsync(row, Event, RebuildMark.Remove, changes, [TaskStates.RebuildSpawning], context, cancelled);
        if (row.Text("vm_state") != VmStates.Stopped)
        {
            return;
        }

        // It was stopped before, so it is stopped again, as a stop of its own inside this action.
        await instances.SaveAsync(
            context, uuid, new() { ["vm_state"] = VmStates.Active, ["task_state"] = TaskStates.PoweringOff, ["progress"] = 0 }, null, cancelled);
        await events.StartAsync(context, uuid, Events.Stop, cancelled);
        await power.GiveAsync(PowerOrder.Stop, row, context, cancelled);
    }

    public Task CleanUpAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled) =>
        instances.SaveSystemMetadataAsync(context, row.Text("uuid")!, RebuildMark.Remove, [], null, cancelled);

    /// <summary>What came with the message is gone with it: a rebuild that the child never heard of ends in an error (as nova/compute/manager.py: _init_instance).</summary>
    public async Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var seen = await servers.GetAsync(row, context, cancelled);
        if (RebuildMark.IsTaken(row, seen))
        {
            return;
        }

        await CleanUpAsync(row, seen, context, cancelled);
        await end.FailedAsync(row, Event, new Verdict.OrderFailed("the order to rebuild was lost before the child had it", ServerReport.PowerOf(seen), VmStates.Error), context, cancelled);
    }
}
