using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes.Manage;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>delete_snapshot: asks the child to delete and lets go of the message; that it is gone is seen by the watch, and only then the parent's row goes (D8).</summary>
internal sealed class DeleteSnapshotHandler(Turns turns, CinderDatabase database, SnapshotRemoval removal, Unmanaging unmanaging, Notices notices) : IHandle<DeleteSnapshot>
{
    public Task<JsonNode?> HandleAsync(DeleteSnapshot call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Snapshot.Id("delete_snapshot");
        return turns.TakeAsync(id, context, turn => DeleteAsync(id, call.UnmanageOnly, context, turn), cancelled);
    }

    async Task DeleteAsync(string id, bool unmanageOnly, RpcContext context, Turn turn)
    {
        // A second delivery of one that failed finds what the tenant was given back: nobody asks for that to go.
        if (await database.ReadAsync(work => work.Snapshots.GetAsync(id), turn.Cancelled) is not { Status: SnapshotStatus.Deleting or SnapshotStatus.Unmanaging } row)
        {
            return;
        }

        // An unmanage is told of by the same words (cinder/volume/manager.py: delete_snapshot).
        await notices.AboutAsync(row, "delete.start", context, turn.Cancelled);
        if (unmanageOnly)
        {
            await unmanaging.SnapshotAsync(row, context, turn.Cancelled);
            return;
        }

        await removal.GoOnAsync(row, context, turn.Cancelled);
    }
}
