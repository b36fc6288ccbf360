using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Snapshots;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>
/// shelve_instance: the guest is stopped, then a snapshot goes into the parent's image (nova/compute/manager.py: _shelve_instance). One that is paused or
/// suspended stands still as it is: a child stops only what runs (nova/compute/api.py: stop).
/// </summary>
internal sealed class ShelveServer(
    OrderIntake intake, Instances instances, ChildServers servers, SnapshotFlow flow, ServerOrder order, OrderEnd end, ServerRefusals refusals)
    : IHandle<ShelveInstance>
{
    public Task<JsonNode?> HandleAsync(ShelveInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("shelve_instance");
        var note = new SnapshotNote(call.ImageId ?? "", context.RequestId);
        return intake.RunAsync(
            uuid, Events.Shelve, context, (row, stop) => IsOverAsync(row, note, stop), (row, stop) => TakeAsync(row, note, context, stop), cancelled);
    }

    /// <summary>Stops the guest, or asks for the image when it stands. Within the instance's turn.</summary>
    public async Task GiveAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        if (await RunsAsync(row, context, cancelled))
        {
            await order.GiveAsync(
                row,
                context,
                Events.Shelve,
                "stopping the server in the child",
                seen => seen.Status == "SHUTOFF" || seen.TaskState == TaskStates.PoweringOff,
                (api, scope, id, stop) => api.StopAsync(scope, id, stop),
                cancelled);
        }
        else
        {
            await flow.GiveAsync(row, note, SnapshotKind.Shelve, context, cancelled);
        }
    }

    async Task<bool> IsOverAsync(VersionedObject? row, SnapshotNote note, CancellationToken cancelled)
    {
        if (row is null && note.ImageId.Length > 0)
        {
            await flow.AbandonAsync(note, cancelled);
        }

        // Gone, going, on the way already, or ended by an earlier life.
        return row?.Text("task_state") != TaskStates.Shelving;
    }

    async Task TakeAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        if (note.ImageId.Length == 0)
        {
            // nova-api sends shelve_offload_instance for a server that boots from a volume (nova/compute/api.py: shelve).
            throw NovaFaults.NotImplemented("a server that boots from a volume is offloaded, not shelved");
        }

        try
        {
            if (SnapshotNote.Of(row)?.ImageId != note.ImageId)
            {
                await instances.SaveSystemMetadataAsync(context.Elevated(), row.Text("uuid")!, note.Write, [], [TaskStates.Shelving], cancelled);
            }

            await GiveAsync(row, note, context, cancelled);
        }
        catch (RpcFault going) when (going.IsGoing())
        {
            await flow.AbandonAsync(note, cancelled);
            await end.FinishAsync(row, Events.Shelve, null, context, cancelled);
        }
        catch (RpcFault)
        {
            await flow.ClearAsync(row.Text("uuid")!, note, context, cancelled);
            throw;
        }
    }

    async Task<bool> RunsAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var seen = await refusals.AskAsync("looking at the server in the child", () => servers.GetAsync(row, context.Elevated(), cancelled), cancelled);
        return seen.Status is not ("SHUTOFF" or "PAUSED" or "SUSPENDED");
    }
}
