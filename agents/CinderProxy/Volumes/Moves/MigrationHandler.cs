using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Moves;

/// <summary>
/// Migrations to another host are migrations to another cloud, and no API moves a volume there: they end as natively ends one that cannot be, with the volume as it was
/// and <c>migration_status</c> error (cinder/volume/manager.py: VolumeManager.migrate_volume).
/// </summary>
internal sealed class MigrationHandler(Turns turns, CinderDatabase database, ILogger<MigrationHandler> log)
    : IHandle<MigrateVolume>, IHandle<MigrateVolumeCompletion>, IHandle<UpdateMigratedVolume>
{
    const string Reason = "a volume stays in the cloud that it is in: nothing carries its bytes to another one";

    public Task<JsonNode?> HandleAsync(MigrateVolume call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Volume.Id("migrate_volume");
        return turns.TakeAloneAsync(id, context, turn => RefuseAsync(id, turn.Cancelled), cancelled);
    }

    public async Task<JsonNode?> HandleAsync(MigrateVolumeCompletion call, RpcContext context, CancellationToken cancelled)
    {
        await RefuseAsync(call.Volume.Id("migrate_volume_completion"), cancelled);
        throw VolumeFaults.VolumeMigrationFailed(Reason);
    }

    public Task<JsonNode?> HandleAsync(UpdateMigratedVolume call, RpcContext context, CancellationToken cancelled) =>
        throw VolumeFaults.VolumeMigrationFailed(Reason);

    Task<bool> RefuseAsync(string id, CancellationToken cancelled)
    {
        Log.MigrationRefused(log, id, Reason);
        return database.InTransactionAsync(work => work.Volumes.MigrationErrorAsync(id), cancelled);
    }
}
