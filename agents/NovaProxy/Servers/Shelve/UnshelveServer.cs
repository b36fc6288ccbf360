using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Build;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>
/// unshelve_instance of one that was offloaded, from whichever child: a server is made here from the image that it was shelved into or the volume that it boots from, as a
/// build makes one, with the ports and volumes that it has. The message is held until that server is linked; that it runs is seen by the watch
/// (nova/compute/manager.py: _unshelve_instance).
/// </summary>
internal sealed class UnshelveServer(
    OrderIntake intake,
    Instances instances,
    UnshelveSteps steps,
    Rebinding networks,
    ServerMaker maker,
    ChildServers servers,
    Unshelving unshelving,
    Orders orders,
    Expectations expectations,
    OrderEnd end,
    ServerRefusals refusals,
    HostIdentity identity,
    TimeProvider time) : IHandle<UnshelveInstance>
{
    public Task<JsonNode?> HandleAsync(UnshelveInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("unshelve_instance");
        return intake.RunInterruptiblyAsync(
            uuid, Events.Unshelve, context, (row, stop) => IsOverAsync(call, row, stop), (row, turn) => TakeAsync(call, row, context, turn), cancelled);
    }

    async Task<bool> IsOverAsync(UnshelveInstance call, VersionedObject? row, CancellationToken cancelled)
    {
        if (row is null)
        {
            // Deleted without us meanwhile: only the child may still have something.
            await servers.RemoveAsync(call.Instance, cancelled);
            return true;
        }

        // Unshelved, failed, deleted, or on another host: an earlier life could not acknowledge it any more.
        return row.Text("vm_state") != VmStates.ShelvedOffloaded
            || row.Text("task_state") is not (TaskStates.Unshelving or TaskStates.Spawning)
            || (row.Text("host") is { } host ? host != identity.Host : await steps.IsElsewhereAsync(row.Text("uuid")!, cancelled));
    }

    async Task TakeAsync(UnshelveInstance call, VersionedObject row, RpcContext context, Turn turn)
    {
        try
        {
            await SpawnAsync(call, row, context, turn);
        }
        catch (RpcFault going) when (going.IsGoing())
        {
            await unshelving.UndoAsync(await AgainAsync(row, context), going, context, CancellationToken.None);
            await end.FinishAsync(row, Events.Unshelve, null, context, CancellationToken.None);
        }
        catch (RpcFault fault)
        {
            await unshelving.UndoAsync(await AgainAsync(row, context), fault, context, CancellationToken.None);
            throw;
        }
        catch (Exception failure) when (failure is CloudFault or OutcomeUnknownException)
        {
            await refusals.ParkIfAwayAsync(failure, turn.Cancelled);
            var fault = ChildFaults.ToParent("creating the server in the child", ChildFaults.In(failure)!);
            await unshelving.UndoAsync(await AgainAsync(row, context), fault, context, CancellationToken.None);
            throw fault;
        }
    }

    async Task SpawnAsync(UnshelveInstance call, VersionedObject row, RpcContext context, Turn turn)
    {
        var uuid = row.Text("uuid")!;
        var whole = await steps.TakeAsync(call, row, context, turn);
        var made = await maker.MakeAsync(
            new(whole, call.Image, call.RequestSpec, call.FilterProperties), whole, cancelled => networks.HereAsync(whole, context, cancelled), forced: null, context, turn);
        orders.Give(uuid, new(Events.Unshelve, context, time.GetTimestamp()));
        expectations.Expect(made.Seen.Id);
    }

    /// <summary>The link may be newer than the row we began with.</summary>
    async Task<VersionedObject> AgainAsync(VersionedObject row, RpcContext context) =>
        await instances.GetAsync(context.Elevated(), row.Text("uuid")!, CancellationToken.None) ?? row;
}
