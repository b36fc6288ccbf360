using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Keypairs;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Evacuate;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Rebuild;

/// <summary>
/// rebuild_instance on the host that has it: the image is brought to the child as for a build, the child's server made anew with what nova-api wrote into the
/// instance, and the message let go (nova/compute/manager.py: _do_rebuild_instance, _rebuild_default_impl).
/// </summary>
internal sealed class RebuildServer(
    OrderIntake intake,
    Instances instances,
    ChildCloud child,
    ChildServers servers,
    RebuildSources sources,
    ChildKeypairs keypairs,
    ServerOrder order,
    EvacuationRefusal evacuation,
    OrderEnd end,
    ServerRefusals refusals) : IHandle<RebuildInstance>
{
    /// <summary>In order: what an earlier life has written is left out.</summary>
    static readonly string[] Chain = [TaskStates.Rebuilding, TaskStates.RebuildBlockDeviceMapping, TaskStates.RebuildSpawning];

    public Task<JsonNode?> HandleAsync(RebuildInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("rebuild_instance");
        return intake.RunInterruptiblyAsync(
            uuid,
            Events.Rebuild,
            context,
            // Gone or going, or ended by an earlier life that could not acknowledge it any more.
            (row, _) => Task.FromResult(row is null || !Chain.Contains(row.Text("task_state"))),
            (row, turn) => TakeAsync(call, row, context, turn),
            cancelled);
    }

    /// <summary>Gives the order to a child that may not have heard it: password and preserved disks are only known to who has the message.</summary>
    public async Task GiveAsync(RebuildInstance call, VersionedObject row, RebuildSource source, RpcContext context, CancellationToken cancelled)
    {
        var keypair = KeypairMap.Of(call.Instance.Text("key_name") == row.Text("key_name") && call.Instance.Has("key_data") ? call.Instance : row);
        var can = await ChildCan.OfAsync(child, cancelled);
        using var held = await keypairs.HoldAsync(keypair, cancelled);
        await order.GiveAsync(
            row,
            context,
            Events.Rebuild,
            "rebuilding the server in the child",
            seen => RebuildMark.IsTaken(row, seen),
            async (api, scope, id, stop) =>
            {
                var seen = await api.GetAsync(Scope.Own, id, stop);
                if (!RebuildMark.IsTaken(row, seen))
                {
                    await api.RebuildAsync(scope, id, RebuildMap.ToRebuild(call, row, seen, source, keypair, can), stop);
                }
            },
            cancelled);
    }

    async Task TakeAsync(RebuildInstance call, VersionedObject row, RpcContext context, Turn turn)
    {
        try
        {
            await RefuseAsync(call, row, context, turn.Cancelled);
            await StepsAsync(call, row, context, turn);
        }
        catch (RpcFault going) when (going.IsGoing())
        {
            // nova/compute/manager.py: rebuild_instance: deleted while rebuilding, no failure; its delete comes.
            await end.FinishAsync(row, Events.Rebuild, null, context, turn.Cancelled);
        }
        catch (RpcFault fault) when (!fault.Is("NotImplementedError"))
        {
            // nova/compute/manager.py: _error_out_instance_on_exception: what the driver does not know leaves the state as it is, anything else is an error.
            await instances.SaveAsync(context.Elevated(), row.Text("uuid")!, new() { ["vm_state"] = VmStates.Error }, null, turn.Cancelled);
            throw;
        }
    }

    async Task StepsAsync(RebuildInstance call, VersionedObject row, RpcContext context, Turn turn)
    {
        var uuid = row.Text("uuid")!;
        var elevated = context.Elevated();
        if (row.Text("task_state") == TaskStates.Rebuilding)
        {
            var begun = new JsonObject { ["power_state"] = row.Number("power_state"), ["task_state"] = TaskStates.Rebuilding };
            await instances.SaveAsync(elevated, uuid, begun, [TaskStates.Rebuilding], turn.Cancelled);
        }

        var source = await sources.BringAsync(call, row, context, turn);
        if (row.Text("task_state") == TaskStates.Rebuilding)
        {
            await instances.SaveAsync(
                elevated, uuid, new() { ["task_state"] = TaskStates.RebuildBlockDeviceMapping }, [TaskStates.Rebuilding], turn.Cancelled);
        }

        if (row.Text("task_state") != TaskStates.RebuildSpawning)
        {
            row = await MarkAsync(row, context, turn.Cancelled);
        }

        await GiveAsync(call, row, source, context, turn.Cancelled);
    }

    async Task<VersionedObject> MarkAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var before = await refusals.AskAsync("looking at the server in the child", () => servers.GetAsync(row, context.Elevated(), cancelled), cancelled);
        await instances.SaveSystemMetadataAsync(
            context.Elevated(),
            uuid,
            metadata => RebuildMark.Write(metadata, before),
            new() { ["task_state"] = TaskStates.RebuildSpawning },
            [TaskStates.RebuildBlockDeviceMapping],
            cancelled);
        return await instances.GetAsync(context.Elevated(), uuid, cancelled) ?? throw NovaFaults.InstanceNotFound(uuid);
    }

    async Task RefuseAsync(RebuildInstance call, VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        if (call.Recreate is true)
        {
            await evacuation.ClearAsync(row, call.Migration, context, cancelled);
            throw NovaFaults.NotImplemented(EvacuationRefusal.Why);
        }

        if (RebuildRules.Refusal(call, row) is { } refusal)
        {
            throw NovaFaults.NotImplemented(refusal);
        }
    }
}
