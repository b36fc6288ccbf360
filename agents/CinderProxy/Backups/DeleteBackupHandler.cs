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

/// <summary>delete_backup: asks the child to delete and lets go of the message; that it is gone is seen by the watch, and only then the parent's row goes (D8).</summary>
internal sealed class DeleteBackupHandler(Turns turns, CinderDatabase database, BackupRemoval removal, Notices notices) : IHandle<DeleteBackup>
{
    public Task<JsonNode?> HandleAsync(DeleteBackup call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Backup.Id("delete_backup");
        return turns.TakeAsync(id, context, turn => DeleteAsync(id, context, turn), cancelled);
    }

    async Task DeleteAsync(string id, RpcContext context, Turn turn)
    {
        if (await database.ReadAsync(work => work.Backups.GetAsync(id), turn.Cancelled) is not { Status: BackupStatus.Deleting } row)
        {
            return;
        }

        await notices.AboutAsync(row, "delete.start", context, turn.Cancelled);
        await removal.GoOnAsync(row, context, turn.Cancelled);
    }
}
