using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// What native writes when a resize is confirmed, in its order (nova/compute/manager.py: _confirm_resize and what follows it;
/// compute/resource_tracker.py: drop_move_claim_at_source). May be done again; what is left of it is seen from the row.
/// </summary>
internal sealed class ConfirmSteps(Instances instances, Migrations migrations, IAllocations allocations, ILogger<ConfirmSteps> log)
{
    const int Tries = 4;

    /// <summary>Whether a resize that ended still has its old flavor remembered: the last thing that is written.</summary>
    public static bool IsUntidy(VersionedObject row) =>
        row.Text("vm_state") != VmStates.Resized && row.Text("task_state") is null && row.Object("old_flavor") is not null;

    public async Task RunAsync(VersionedObject row, VersionedObject migration, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        await migrations.SaveAsync(context, migration, MigrationStates.Confirmed, cancelled);
        await instances.DropMigrationContextAsync(context, uuid, cancelled);
        if (row.Text("vm_state") == VmStates.Resized)
        {
            var vmState = row.Number("power_state") == (int)PowerState.Shutdown ? VmStates.Stopped : VmStates.Active;
            var changes = new JsonObject { ["vm_state"] = vmState, ["task_state"] = null };
            await instances.SaveAsync(context, uuid, changes, [null, TaskStates.Deleting, TaskStates.SoftDeleting], cancelled);
        }

        await TidyAsync(row, migration, context, cancelled);
        Log.ResizeEnded(log, uuid, MigrationStates.Confirmed);
    }

    /// <summary>The source's allocation goes, the old flavor is forgotten (_delete_allocation_after_move, _delete_stashed_flavor_info).</summary>
    public async Task TidyAsync(VersionedObject row, VersionedObject migration, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        await ReleaseAsync(migration.Text("uuid")!, uuid, cancelled);
        await ForgetAsync(uuid, context, cancelled);
    }

    /// <summary>The flavor as it is now is read again, for it may have changed since <paramref name="uuid"/>'s row was read.</summary>
    public async Task ForgetAsync(string uuid, RpcContext context, CancellationToken cancelled)
    {
        var now = await instances.GetAsync(context, uuid, cancelled) ?? throw Contracts.Nova.Faults.NovaFaults.InstanceNotFound(uuid);
        await instances.SaveSystemMetadataAsync(context, uuid, OldVmState.Remove, FlavorTrio.Alone(now), null, cancelled);
    }

    /// <summary>nova/scheduler/client/report.py: delete_allocation_for_instance, consumer_type migration, force false.</summary>
    async Task ReleaseAsync(string migration, string uuid, CancellationToken cancelled)
    {
        try
        {
            for (var attempt = 1; await allocations.GetAsync(migration, cancelled) is { } held; attempt++)
            {
                if (await allocations.DeleteIfUnchangedAsync(migration, held, cancelled) || attempt == Tries)
                {
                    return;
                }
            }
        }
        catch (CloudFault fault)
        {
            Log.AllocationLeft(log, fault, uuid, migration);
        }
    }
}
