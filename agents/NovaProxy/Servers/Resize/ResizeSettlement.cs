using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// The parent's instance waits to be confirmed and the child's server does not any more: because we ordered it, or because the child's own window or operator
/// confirmed or reverted it. Then the parent follows with the action that its API would have begun, but without a user (nova/compute/api.py:
/// confirm_resize, revert_resize; nova/compute/manager.py: _poll_unconfirmed_resizes). Within the instance's turn.
/// </summary>
internal sealed class ResizeSettlement(
    Instances instances,
    Migrations migrations,
    ActionEvents events,
    ResizeStanding standing,
    ConfirmSteps confirm,
    RevertOperation revert,
    OrderEnd end,
    ILogger<ResizeSettlement> log)
{
    /// <param name="order">What was ordered by this life, null when nothing was.</param>
    public async Task TellAsync(VersionedObject row, Server seen, Order? order, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var migration = await migrations.LatestAsync(context, uuid, cancelled);
        var asked = order?.Event == Events.ConfirmResize || migration?.Text("status") is MigrationStates.Confirming or MigrationStates.Confirmed;
        if (seen.Status == "ERROR")
        {
            await (asked ? FailedAsync(row, seen, migration, context, cancelled) : PowerAsync(row, seen, cancelled));
            return;
        }

        switch ((await standing.OfAsync(seen.Id, cancelled)).End)
        {
            case ResizeEnd.Confirmed when migration is not null:
                await ConfirmedAsync(row, migration, asked ? context : null, cancelled);
                break;
            case ResizeEnd.Reverted:
                await RevertedAsync(row, seen, migration, cancelled);
                break;
            default:
                await PowerAsync(row, seen, cancelled);
                break;
        }
    }

    /// <param name="asked">The request that asked for it; null when nobody in the parent did.</param>
    async Task ConfirmedAsync(VersionedObject row, VersionedObject migration, RpcContext? asked, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var context = asked ?? RequestIds.Admin();
        if (asked is null)
        {
            Log.ResizeEndedInTheChild(log, uuid, MigrationStates.Confirmed);
            await migrations.SaveAsync(context, migration, MigrationStates.Confirming, cancelled);
            await events.ActionStartAsync(context, uuid, "confirmResize", cancelled);
            await events.StartAsync(context, uuid, Events.ConfirmResize, cancelled);
        }

        await confirm.RunAsync(row, migration, context.Elevated(), cancelled);
        await end.FinishAsync(row, Events.ConfirmResize, null, context, cancelled);
    }

    async Task RevertedAsync(VersionedObject row, Server seen, VersionedObject? migration, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var context = RequestIds.Admin();
        try
        {
            await instances.SaveAsync(context, uuid, new() { ["task_state"] = TaskStates.ResizeReverting }, [null], cancelled);
        }
        catch (RpcFault busy) when (busy.IsBusy())
        {
            // A tenant was faster: his intent is younger than what we saw (D7).
            return;
        }

        Log.ResizeEndedInTheChild(log, uuid, MigrationStates.Reverted);
        if (migration is not null)
        {
            await migrations.SaveAsync(context, migration, MigrationStates.Reverting, cancelled);
        }

        await events.ActionStartAsync(context, uuid, "revertResize", cancelled);
        await events.StartAsync(context, uuid, Events.RevertResize, cancelled);
        await revert.CompleteAsync(row, seen, context, cancelled);
    }

    /// <summary>nova/compute/manager.py: confirm_resize: an error, and the allocation of the source goes all the same.</summary>
    async Task FailedAsync(VersionedObject row, Server seen, VersionedObject? migration, RpcContext context, CancellationToken cancelled)
    {
        if (migration is not null)
        {
            await migrations.SaveAsync(context, migration, MigrationStates.Error, cancelled);
            await confirm.TidyAsync(row, migration, context.Elevated(), cancelled);
        }

        await end.FailedAsync(row, Events.ConfirmResize, new(ServerReport.FaultOf(seen), ServerReport.PowerOf(seen), VmStates.Error), context, cancelled);
    }

    /// <summary>It was stopped or started in the child while it waits: native's power sync only takes note of that.</summary>
    async Task PowerAsync(VersionedObject row, Server seen, CancellationToken cancelled)
    {
        var power = ServerReport.PowerOf(seen);
        if (row.Number("power_state") != (int)power)
        {
            await instances.SaveAsync(RequestIds.Admin(), row.Text("uuid")!, new JsonObject { ["power_state"] = (int)power }, null, cancelled);
        }
    }
}
