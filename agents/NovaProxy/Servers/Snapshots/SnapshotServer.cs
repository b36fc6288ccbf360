using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>snapshot_instance and backup_instance: the child is asked for an image, and the message let go (nova/compute/manager.py: _snapshot_instance).</summary>
internal sealed class SnapshotServer(OrderIntake intake, Instances instances, SnapshotFlow flow, SnapshotImages images, SnapshotEnd ends, OrderEnd end, ServerRefusals refusals)
    : IHandle<SnapshotInstance>, IHandle<BackupInstance>
{
    public Task<JsonNode?> HandleAsync(SnapshotInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(call.Instance, new(call.ImageId, context.RequestId), context, cancelled);

    public Task<JsonNode?> HandleAsync(BackupInstance call, RpcContext context, CancellationToken cancelled) =>
        HandleAsync(call.Instance, new(call.ImageId, context.RequestId, Math.Max(0, call.Rotation)), context, cancelled);

    Task<JsonNode?> HandleAsync(VersionedObject instance, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        var uuid = instance.Uuid(note.Kind.Event);
        return intake.RunAsync(
            uuid, note.Kind.Event, context, (row, stop) => IsOverAsync(row, note, stop), (row, stop) => TakeAsync(row, note, context, stop), cancelled);
    }

    async Task<bool> IsOverAsync(VersionedObject? row, SnapshotNote note, CancellationToken cancelled)
    {
        if (row is null)
        {
            await flow.AbandonAsync(note, cancelled);
            return true;
        }

        // Not begun, or begun by an earlier life that could not acknowledge it.
        if (row.Text("task_state") == note.Kind.Asked || SnapshotNote.Of(row)?.ImageId == note.ImageId)
        {
            return note.Kind.IsOnTheWay(row.Text("task_state"));
        }

        return await StatusAsync(note, cancelled) is null or "active";
    }

    async Task TakeAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await BeginAsync(row, note, context.Elevated(), cancelled);
            if (await StatusAsync(note, cancelled) is null)
            {
                await ends.UnwantedAsync(row, note, context, cancelled);
                return;
            }

            await flow.GiveAsync(row, note, note.Kind, context, cancelled);
        }
        catch (RpcFault going) when (going.IsGoing())
        {
            await flow.AbandonAsync(note, cancelled);
            await end.FinishAsync(row, note.Kind.Event, null, context, cancelled);
        }
        catch (RpcFault) when (!cancelled.IsCancellationRequested)
        {
            await flow.ClearAsync(row.Text("uuid")!, note, context, cancelled);
            throw;
        }
    }

    /// <summary>What native writes first; what a later life must know goes with it.</summary>
    async Task BeginAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        if (SnapshotNote.Of(row)?.ImageId == note.ImageId && row.Text("task_state") == note.Kind.Working)
        {
            return;
        }

        var uuid = row.Text("uuid")!;
        var power = new JsonObject { ["power_state"] = row.Number("power_state") };
        if (note.Rotation is not null)
        {
            await instances.SaveSystemMetadataAsync(context, uuid, note.Write, power, [note.Kind.Asked], cancelled);
            return;
        }

        await instances.SaveSystemMetadataAsync(context, uuid, note.Write, new() { ["task_state"] = note.Kind.Working }, [note.Kind.Asked], cancelled);
        await instances.SaveAsync(context, uuid, power, null, cancelled);
    }

    Task<string?> StatusAsync(SnapshotNote note, CancellationToken cancelled) =>
        refusals.AskAsync("looking for the image in the parent", () => images.StatusAsync(note.ImageId, cancelled), cancelled);
}
