using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>
/// create_volume: the child is asked for a volume that carries our stamp and the row is linked to it; that it is there is seen by the watch
/// (cinder/volume/manager.py: VolumeManager.create_volume).
/// </summary>
internal sealed class CreateVolumeHandler(
    Turns turns, CinderDatabase database, CreateStart start, VolumeHost host, Rescheduling rescheduling, ServiceIdentity service, Notices notices)
    : IHandle<CreateVolume>
{
    public Task<JsonNode?> HandleAsync(CreateVolume call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Volume.Id("create_volume");
        return turns.TakeAsync(id, context, turn => CreateAsync(id, call, context, turn), cancelled);
    }

    async Task CreateAsync(string id, CreateVolume call, RpcContext context, Turn turn)
    {
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(id), turn.Cancelled);
        if (row?.Status is not (VolumeStatus.Creating or VolumeStatus.Downloading) || row.LaunchedAt is not null)
        {
            // Deleted or failed meanwhile, or the second delivery of one that has come to its end.
            return;
        }

        if (row.Host is null)
        {
            // Unscheduled by an earlier delivery of this very message, which did not come to tell the schedulers.
            await rescheduling.HandBackAsync(call, context, "handed back after an interruption", turn.Cancelled);
            return;
        }

        if (!host.Has(row.Host))
        {
            return;
        }

        await database.InTransactionAsync(work => work.Workers.ClaimAsync(Workers.Volume, id, service.Id, row.Status), turn.Cancelled);
        if (row.ProviderId is null)
        {
            await notices.AboutAsync(row, "create.start", context, turn.Cancelled);
        }

        await start.AskAsync(row, new(call, context), turn);
    }
}
