using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Backups;

/// <summary>What is asked about the parent's record of a backup and does not reach the child.</summary>
internal sealed class BackupRecordHandlers(Turns turns, CinderDatabase database, BackupOrders orders, VolumeHost host, Notices notices, ILogger<BackupRecordHandlers> log)
    : IHandle<ExportRecord>, IHandle<ImportRecord>, IHandle<ResetStatus>, IHandle<CheckSupportToForceDelete>
{
    const string NoRecord = "its bytes are in a child cloud, and no record of the parent can lead another cloud to them";

    /// <summary>Natively what a driver cannot export is an InvalidBackup too, which the API answers with its text (400).</summary>
    public Task<JsonNode?> HandleAsync(ExportRecord call, RpcContext context, CancellationToken cancelled) =>
        throw CinderFaults.InvalidBackup($"backup {call.Backup.Id("export_record")} cannot be exported: {NoRecord}");

    /// <summary>The API has made a row and charged for it; the administrator finds the reason in it and deletes it (cinder/backup/manager.py: import_record).</summary>
    public Task<JsonNode?> HandleAsync(ImportRecord call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Backup.Id("import_record");
        return turns.TakeAloneAsync(
            id,
            context,
            turn =>
            {
                var reason = $"a record of {call.BackupService ?? "another service"} cannot be imported here: {NoRecord}";
                Log.BackupFailed(log, id, reason);
                return database.InTransactionAsync(work => work.Backups.EndAsync(id, BackupStatus.Creating, BackupStatus.Error, reason), turn.Cancelled);
            },
            cancelled);
    }

    /// <summary>An administrator writes over the status of the record, as natively; what the child's backup is, the next audit says again.</summary>
    public Task<JsonNode?> HandleAsync(ResetStatus call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Backup.Id("reset_status");
        return turns.TakeAloneAsync(
            id,
            context,
            async turn =>
            {
                var row = await database.ReadAsync(work => work.Backups.GetAsync(id), turn.Cancelled);
                // Natively one that no driver ever took up stays as it is, and one of another driver is refused.
                if (row?.Service is null || BackupMap.RefusalOf(row, host) is not null)
                {
                    Log.ResetRefused(log, id, call.Status);
                    return;
                }

                await database.InTransactionAsync(
                    async work =>
                    {
                        // An error that he makes is his from now on.
                        await ErrorMark.ClearAsync(work, row.VolumeId, id);
                        return await work.Backups.ForceStatusAsync(id, call.Status);
                    },
                    turn.Cancelled);
                orders.Done(id);
                await notices.AboutBackupAsync(id, "reset_status.end", context, turn.Cancelled);
            },
            cancelled);
    }

    /// <summary>The delete itself finds out what the child's driver can: most deletes that are forced here need no force there.</summary>
    public Task<JsonNode?> HandleAsync(CheckSupportToForceDelete call, RpcContext context, CancellationToken cancelled) => Task.FromResult<JsonNode?>(true);
}
