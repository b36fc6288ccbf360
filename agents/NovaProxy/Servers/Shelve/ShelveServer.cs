using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Snapshots;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>
/// shelve_instance: the guest is stopped, then a snapshot goes into the parent's image (nova/compute/manager.py: _shelve_instance).
/// </summary>
internal sealed class ShelveServer(
    OrderIntake intake, Instances instances, SnapshotFlow flow, GuestStop stop, OrderEnd end)
    : IHandle<ShelveInstance>
{
    public Task<JsonNode?> HandleAsync(ShelveInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("shelve_instance");
        var note = new SnapshotNote(call.ImageId ?? "", context.RequestId);
        return intake.RunAsync(
            uuid, Events.Shelve, context, (row, given) => IsOverAsync(row, note, given), (row, given) => TakeAsync(row, note, context, given), cancelled);
    }

    /// <summary>Stops the guest, or asks for the image when it stands. Within the instance's turn.</summary>
    public async Task GiveAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        if (!await stop.GiveAsync(row, Events.Shelve, context, cancelled))
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
}
