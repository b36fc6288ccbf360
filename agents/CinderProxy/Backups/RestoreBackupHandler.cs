using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Backups;

/// <summary>
/// restore_backup: the child is asked to write its backup over its volume, and the message is let go. Whether the volume is new is the child's business: it restores
/// into one that it does not know to be empty.
/// </summary>
internal sealed class RestoreBackupHandler(Turns turns, CinderDatabase database, BackupRestoring restoring, Notices notices) : IHandle<RestoreBackup>
{
    public Task<JsonNode?> HandleAsync(RestoreBackup call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Backup.Id("restore_backup");
        return turns.TakeAsync(id, context, turn => RestoreAsync(id, call.VolumeId, context, turn), cancelled);
    }

    async Task RestoreAsync(string id, string volumeId, RpcContext context, Turn turn)
    {
        if (await database.ReadAsync(work => work.Backups.GetAsync(id), turn.Cancelled) is not { Status: BackupStatus.Restoring } row)
        {
            return;
        }

        await notices.AboutAsync(row, "restore.start", context, turn.Cancelled);
        await restoring.GoOnAsync(row, volumeId, context, turn.Cancelled);
    }
}
