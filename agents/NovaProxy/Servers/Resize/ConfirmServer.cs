using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// confirm_resize: the child confirms, and the watch sees it. As a call it comes because the server is deleted and its user waits: then the child's own delete
/// confirms for itself (nova/compute/api.py: _confirm_resize_on_deleting), and only the parent's records are written, at once.
/// </summary>
internal sealed class ConfirmServer(
    KeyedQueue queue,
    Instances instances,
    Migrations migrations,
    InstanceBoundary boundary,
    ServerRefusals refusals,
    ServerOrder order,
    ResizeStanding standing,
    ConfirmSteps steps,
    ILogger<ConfirmServer> log) : IHandle<ConfirmResize>
{
    public Task<JsonNode?> HandleAsync(ConfirmResize call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("confirm_resize");
        return queue.RunAsync(uuid, turn => ConfirmAsync(call.Migration, uuid, context, turn.Cancelled), cancelled: cancelled);
    }

    /// <summary>Within the instance's turn.</summary>
    public async Task<JsonNode?> ConfirmAsync(VersionedObject named, string uuid, RpcContext context, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled);
        if (row is null || await migrations.GetAsync(context, named, cancelled) is not { } migration || IsOver(row, migration))
        {
            return null;
        }

        if (row.Text("task_state") is TaskStates.Deleting)
        {
            return await boundary.RunAsync(
                context,
                row,
                Events.ConfirmResize,
                InstanceWrapping.Fault,
                stop => steps.RunAsync(row, migration, context.Elevated(), stop),
                cancelled);
        }

        refusals.RequireChild();
        var wrapping = row.Text("task_state") is null ? InstanceWrapping.Fault | InstanceWrapping.LeaveOpen : InstanceWrapping.Fault;
        return await boundary.RunAsync(context, row, Events.ConfirmResize, wrapping, stop => GiveAsync(row, migration, context, stop), cancelled);
    }

    async Task GiveAsync(VersionedObject row, VersionedObject migration, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await order.GiveAsync(row, context, Events.ConfirmResize, "confirming the resize in the child", _ => false, ConfirmAsync, cancelled);
        }
        catch (RpcFault)
        {
            // Native leaves an error, from which a hard reboot would lead out. The child still has both halves: it waits to be confirmed as before.
            await migrations.SaveAsync(context, migration, MigrationStates.Finished, CancellationToken.None);
            throw;
        }

        if (row.Text("task_state") is not null)
        {
            // It is put aside (soft delete) and its user waits; the child has the order.
            await steps.RunAsync(row, migration, context.Elevated(), cancelled);
        }
    }

    async Task ConfirmAsync(OpenStack.Compute.Servers servers, Scope scope, string id, CancellationToken cancelled)
    {
        try
        {
            await servers.ConfirmResizeAsync(scope, id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict or FaultKind.Invalid || fault.ResultUnknown)
        {
            // Confirmed already: by an earlier life, or by the child itself. 400 is a migration that is not there to be confirmed any more.
            if ((await standing.OfAsync(id, cancelled)).End != ResizeEnd.Confirmed)
            {
                throw;
            }
        }
    }

    /// <summary>Silent on any status but these, as native; one that is confirmed may have been left half written.</summary>
    bool IsOver(VersionedObject row, VersionedObject migration)
    {
        switch (migration.Text("status"))
        {
            case MigrationStates.Finished or MigrationStates.Confirming:
                return false;
            case MigrationStates.Confirmed:
                return row.Text("vm_state") != VmStates.Resized && !ConfirmSteps.IsUntidy(row);
            case var odd:
                Log.MigrationOdd(log, odd, migration.Number("id"), row.Text("uuid")!);
                return true;
        }
    }
}
