using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>A revert under way (nova/compute/manager.py: revert_resize, _finish_revert_resize). Each step may be done again.</summary>
internal sealed class RevertOperation(
    RevertServer revert,
    ConfirmSteps steps,
    ResizeRollback rollback,
    Migrations migrations,
    Instances instances,
    ActionEvents events,
    OrderEnd end,
    HostIdentity identity,
    TimeProvider time,
    ILogger<RevertOperation> log) : IServerOperation
{
    public string Event => Events.RevertResize;

    public bool IsUnderWay(Believed row) => row.TaskState == TaskStates.ResizeReverting;

    public Verdict Judge(Believed row, Server seen, bool answers) =>
        !answers || seen.TaskState is not null || seen.Status is "REVERT_RESIZE" or "UNKNOWN" ? Verdict.Nothing.Instance
        : seen.Status is "VERIFY_RESIZE" or "ERROR" ? ServerReport.Failed(seen, "revert the resize of", seen.Status == "ERROR" ? VmStates.Error : null)
        : Verdict.Done.Instance;

    public async Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var elevated = context.Elevated();
        var migration = await migrations.LatestAsync(elevated, uuid, cancelled);
        if (migration is not null)
        {
            await migrations.SaveAsync(elevated, migration, MigrationStates.Reverted, cancelled);
        }

        await end.CloseAsync(uuid, Events.RevertResize, context, cancelled);
        await events.StartAsync(context, uuid, Events.FinishRevertResize, cancelled);
        await instances.SaveAsync(elevated, uuid, Back(row), [TaskStates.ResizeReverting], cancelled);
        if (migration is not null)
        {
            await rollback.GiveBackAsync(migration, uuid, cancelled);
        }

        await instances.DropMigrationContextAsync(elevated, uuid, cancelled);
        await instances.SaveAsync(elevated, uuid, new() { ["launched_at"] = NovaTime.Of(time.GetUtcNow()) }, [TaskStates.ResizeReverting], cancelled);
        await PowerAsync(row, seen!, context, cancelled);
        await steps.ForgetAsync(uuid, elevated, cancelled);
        await end.FinishAsync(row, Events.FinishRevertResize, null, context, cancelled);
        Log.ResizeEnded(log, uuid, MigrationStates.Reverted);
    }

    public async Task CleanUpAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        if (await migrations.LatestAsync(context, row.Text("uuid")!, cancelled) is { } migration)
        {
            await migrations.SaveAsync(context, migration, seen?.Status == "ERROR" ? MigrationStates.Error : MigrationStates.Finished, cancelled);
        }
    }

    public async Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var migration = await migrations.LatestAsync(context, row.Text("uuid")!, cancelled);
        if (migration?.Text("status") == MigrationStates.Reverted)
        {
            // The child has done it, and an earlier life was writing it.
            return;
        }

        try
        {
            await revert.GiveAsync(row, migration, context, cancelled);
        }
        catch (RpcFault refused)
        {
            await end.FailedAsync(row, Event, new(refused.Message, (PowerState)(row.Number("power_state") ?? 0), null), context, cancelled);
        }
    }

    /// <summary>What was stopped before is stopped again, by the whole stop with its own event, as native does.</summary>
    async Task PowerAsync(VersionedObject row, Server seen, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var elevated = context.Elevated();
        if (OldVmState.Of(row) != VmStates.Stopped)
        {
            await instances.SaveAsync(elevated, uuid, new() { ["vm_state"] = VmStates.Active, ["task_state"] = null }, null, cancelled);
            return;
        }

        await instances.SaveAsync(elevated, uuid, new() { ["task_state"] = TaskStates.PoweringOff }, null, cancelled);
        await events.StartAsync(context, uuid, Events.Stop, cancelled);
        if (seen.Status == "SHUTOFF")
        {
            await instances.SaveAsync(elevated, uuid, OrderEnd.State(PowerState.Shutdown, VmStates.Stopped), [TaskStates.PoweringOff, null], cancelled);
            await end.CloseAsync(uuid, Events.Stop, context, cancelled);
        }
    }

    /// <summary>nova/compute/manager.py: _revert_instance_flavor_host_node. A migration to the same flavor has the same to go back to.</summary>
    JsonObject Back(VersionedObject row)
    {
        var changes = new JsonObject();
        if (row.Object("old_flavor") is { } old)
        {
            changes = FlavorTrio.Of(row.Data["old_flavor"], row.Data["old_flavor"], row.Data["new_flavor"]);
            FlavorTrio.PutSizes(changes, old);
        }

        changes["host"] = identity.Host;
        changes["node"] = identity.NodeName;
        return changes;
    }
}
