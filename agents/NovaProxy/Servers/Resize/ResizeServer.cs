using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Groups;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// prep_resize: a resize, or a cold migration, of an instance that stays in this child. What natively follows as two more casts between source and destination
/// (resize_instance, finish_resize) is between us and us, so it is done and its events are written without sending them. The message is held until the child
/// has the order; the watch sees the end.
/// </summary>
internal sealed class ResizeServer(
    KeyedQueue queue,
    Instances instances,
    Migrations migrations,
    InstanceBoundary boundary,
    ServerRefusals refusals,
    ResizeSteps steps,
    ResizeOrder order,
    ResizeRollback rollback,
    ResizeElsewhere elsewhere,
    ResizeLeftovers leftovers,
    LateGroupCheck groups,
    HostIdentity identity,
    ILogger<ResizeServer> log) : IHandle<PrepResize>
{
    public async Task<JsonNode?> HandleAsync(PrepResize call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("prep_resize");
        await queue.RunAsync(uuid, turn => TakeAsync(call, uuid, context, turn.Cancelled), cancelled: cancelled);
        return null;
    }

    async Task TakeAsync(PrepResize call, string uuid, RpcContext context, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled);
        var migration = await migrations.GetAsync(context, call.Migration, cancelled);
        if (migration is not null && (row is null || row.Text("task_state") == TaskStates.Deleting))
        {
            await leftovers.NeverBegunAsync(migration, context, cancelled);
            return;
        }

        if (row is null || migration is null || IsOver(row, migration))
        {
            return;
        }

        if (migration.Text("status") == MigrationStates.Error
            && (await migrations.LatestAsync(context, uuid, cancelled))?.Number("id") != migration.Number("id"))
        {
            // Another resize has begun since.
            return;
        }

        if (row.Text("host") != identity.Host)
        {
            await boundary.RunAsync(
                context, row, Events.PrepResize, InstanceWrapping.Native, stop => elsewhere.GiveBackAsync(call, row, migration, context, stop), cancelled);
            return;
        }

        refusals.RequireChild();
        await boundary.RunAsync(
            context,
            row,
            Events.PrepResize,
            InstanceWrapping.Native,
            stop => OrRollBackAsync(row, migration, context, () => PrepareAsync(call, row, migration, context, stop)),
            cancelled);
        await boundary.RunAsync(
            context,
            row,
            Events.ResizeInstance,
            InstanceWrapping.Native | InstanceWrapping.LeaveOpen,
            stop => OrRollBackAsync(row, migration, context, () => BeginAsync(call, row, migration, context, stop)),
            cancelled);
    }

    /// <summary>A second delivery finds what the first has written: only the steps that are left are taken.</summary>
    async Task PrepareAsync(PrepResize call, VersionedObject row, VersionedObject migration, RpcContext context, CancellationToken cancelled)
    {
        if (row.Text("task_state") == TaskStates.ResizePrep && migration.Text("status") != MigrationStates.Error)
        {
            await groups.RunAsync(row.Text("uuid")!, call.RequestSpec, call.FilterProperties, context, cancelled);
            await steps.ClaimAsync(row, call.Flavor, migration, context.Elevated(), cancelled);
        }
    }

    async Task BeginAsync(PrepResize call, VersionedObject row, VersionedObject migration, RpcContext context, CancellationToken cancelled)
    {
        if (migration.Text("status") == MigrationStates.Error)
        {
            throw NovaFaults.MigrationError("it was refused, and the proxy was stopped before it could say why");
        }

        if (row.Text("task_state") == TaskStates.ResizePrep)
        {
            await steps.MigratingAsync(row, migration, context.Elevated(), cancelled);
        }

        await order.GiveAsync(row, call.Flavor, context, cancelled);
    }

    /// <summary>Nothing has changed in the child, so nothing changes in the parent: the instance is what it was (InstanceFaultRollback).</summary>
    async Task OrRollBackAsync(VersionedObject row, VersionedObject migration, RpcContext context, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (RpcFault refused) when (!IsGoing(refused))
        {
            Log.ResizeRefused(log, refused, row.Text("uuid")!, refused.Message);
            await rollback.RunAsync(row, migration, context.Elevated(), CancellationToken.None);
            throw;
        }
    }

    /// <summary>It is being deleted, or somebody changed it meanwhile: whoever did clears away.</summary>
    static bool IsGoing(RpcFault refused) => refused.IsGoing() || refused.IsBusy();

    /// <summary>Done by an earlier life, or not this migration's turn any more. One that failed while the row still waits was not told to its end.</summary>
    static bool IsOver(VersionedObject row, VersionedObject migration) =>
        row.Text("task_state") is not (TaskStates.ResizePrep or TaskStates.ResizeMigrating)
        || migration.Text("status") is not (MigrationStates.PreMigrating or MigrationStates.Migrating or MigrationStates.Error);
}
