using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>
/// create_snapshot: the child is asked for one that carries our stamp, and the row is linked to it; that it is there is seen by the watch
/// (cinder/volume/manager.py: VolumeManager.create_snapshot). The volume is not in the message.
/// </summary>
internal sealed class CreateSnapshotHandler(Turns turns, CinderDatabase database, SnapshotStart start, ServiceIdentity service, Notices notices) : IHandle<CreateSnapshot>
{
    public Task<JsonNode?> HandleAsync(CreateSnapshot call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Snapshot.Id("create_snapshot");
        return turns.TakeAsync(id, context, turn => CreateAsync(id, context, turn), cancelled);
    }

    async Task CreateAsync(string id, RpcContext context, Turn turn)
    {
        var row = await database.ReadAsync(work => work.Snapshots.GetAsync(id), turn.Cancelled);
        if (row?.Status != SnapshotStatus.Creating)
        {
            return;
        }

        await database.InTransactionAsync(work => work.Workers.ClaimAsync(Workers.Snapshot, id, service.Id, row.Status), turn.Cancelled);
        if (row.ProviderId is null)
        {
            await notices.AboutAsync(row, "create.start", context, turn.Cancelled);
        }

        await start.AskAsync(row, context, turn.Cancelled);
    }
}
