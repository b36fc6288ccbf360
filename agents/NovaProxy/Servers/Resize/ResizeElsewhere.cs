using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// A resize that brings an instance of another host to this one. No disk travels from one child to another, so it goes to the next host of the scheduler's
/// list, among which its own may be; when none is left the instance is as it was (nova/compute/manager.py: prep_resize, _reschedule_resize_or_reraise,
/// InstanceFaultRollback).
/// </summary>
internal sealed class ResizeElsewhere(
    Instances instances, Migrations migrations, InstanceFaults faults, ComputeTask conductor, ResizeRollback rollback, HostIdentity identity, ILogger<ResizeElsewhere> log)
{
    /// <exception cref="RpcFault">No other host took it.</exception>
    public async Task GiveBackAsync(PrepResize call, VersionedObject row, VersionedObject migration, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var why = NovaFaults.MigrationPreCheckError(
            $"host {identity.Host} stands for another cloud than host {row.Text("host") ?? "-"}, and servers do not move between clouds");
        Log.ResizeRefused(log, why, uuid, why.Message);
        await rollback.GiveBackAsync(migration, uuid, cancelled);
        if (await RescheduledAsync(call, uuid, context, why, cancelled))
        {
            await faults.AddAsync(context, uuid, why, cancelled);
            Log.ResizeGivenBack(log, uuid);
            return;
        }

        await migrations.SaveAsync(context, migration, MigrationStates.Error, cancelled);
        await instances.SaveAsync(context, uuid, new() { ["vm_state"] = row.Text("vm_state"), ["task_state"] = null }, null, cancelled);
        throw why;
    }

    async Task<bool> RescheduledAsync(PrepResize call, string uuid, RpcContext context, RpcFault why, CancellationToken cancelled)
    {
        if (!ComputeTask.MayReschedule(call))
        {
            return false;
        }

        try
        {
            await instances.SaveAsync(context, uuid, new() { ["task_state"] = TaskStates.ResizePrep }, null, cancelled);
            await conductor.MigrateServerAsync(context, call, why, cancelled);
            return true;
        }
        catch (Exception none) when (none is RpcFault or RpcTimeoutException)
        {
            // For an administrator to see; what the tenant reads is why we did not take it.
            await faults.AddAsync(context, uuid, none, cancelled);
            return false;
        }
    }
}
