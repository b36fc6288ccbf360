using System.Text.Json.Nodes;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>The ends of a snapshot and of a backup, as native writes them (nova/compute/manager.py: _snapshot_instance, backup_instance).</summary>
internal sealed class SnapshotEnd(SnapshotImages images, BackupRotation rotation, OrderEnd end, ILogger<SnapshotEnd> log) : ISnapshotEnd
{
    public SnapshotKind KindOf(SnapshotNote note) => note.Kind;

    /// <summary>Rotated before it is said to be over: who dies in between does it again.</summary>
    public async Task DoneAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        if (note.Rotation is { } kept)
        {
            await rotation.RotateAsync(row.Text("uuid")!, note.ImageId, kept, cancelled);
        }

        await images.ClearChildAsync(note.ImageId, cancelled);
        await end.DoneAsync(row, note.Kind.Event, SnapshotNote.Remove, Idle(), [note.Kind.Uploading], context.Elevated(), cancelled);
    }

    /// <summary>No failure: the task state goes back, and that is all (nova/compute/manager.py: _snapshot_instance, of an ImageNotFound).</summary>
    public async Task UnwantedAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        Log.SnapshotUnwanted(log, null, note.ImageId);
        await images.ClearChildAsync(note.ImageId, cancelled);
        await end.DoneAsync(row, note.Kind.Event, SnapshotNote.Remove, Idle(), null, context.Elevated(), cancelled);
    }

    public Task FailedAsync(VersionedObject row, SnapshotNote note, Exception why, RpcContext context, CancellationToken cancelled) =>
        end.FailedAsync(row, note.Kind.Event, why, SnapshotNote.Remove, [], context.Elevated(), cancelled);

    static JsonObject Idle() => new() { ["task_state"] = null };
}
