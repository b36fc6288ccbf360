using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Backups;

/// <summary>
/// create_backup: the child is asked for a backup that carries our stamp, and the row is linked to it; that it is there is seen by the watch
/// (cinder/backup/manager.py: BackupManager.create_backup). Nobody is asked for a device: the bytes go from the child's storage to the child's cinder-backup.
/// </summary>
internal sealed class CreateBackupHandler(
    Turns turns,
    CinderDatabase database,
    BackupMaker maker,
    BackupEnd end,
    BackupOrders orders,
    BackupExpectations expectations,
    Refusals refusals,
    VolumeHost host,
    CinderProxyOptions options,
    Notices notices,
    TimeProvider time) : IHandle<CreateBackup>, IHandle<ContinueBackup>
{
    public Task<JsonNode?> HandleAsync(CreateBackup call, RpcContext context, CancellationToken cancelled) =>
        TakeAsync(call.Backup.Id("create_backup"), context, cancelled);

    /// <summary>Only who asked for a device hears this, and we do not ask: it goes on as if it had been the create.</summary>
    public Task<JsonNode?> HandleAsync(ContinueBackup call, RpcContext context, CancellationToken cancelled) =>
        TakeAsync(call.Backup.Id("continue_backup"), context, cancelled);

    Task<JsonNode?> TakeAsync(string id, RpcContext context, CancellationToken cancelled) =>
        turns.TakeAsync(id, context, turn => CreateAsync(id, context, turn), cancelled);

    async Task CreateAsync(string id, RpcContext context, Turn turn)
    {
        var source = await database.ReadAsync(work => BackupSource.ReadAsync(work, id), turn.Cancelled);
        if (source?.Row is not { Status: BackupStatus.Creating } row)
        {
            return;
        }

        await database.InTransactionAsync(work => work.Backups.BegunAsync(id, BackupLink.Driver, options.AvailabilityZone), turn.Cancelled);
        if (row.ServiceMetadata is null)
        {
            await notices.AboutAsync(row, "create.start", context, turn.Cancelled);
        }

        if ((BackupMap.RefusalOf(row, host) ?? BackupMap.RefusalOf(source, host)) is { } refusal)
        {
            await end.FailAsync(row, context, refusal, turn.Cancelled);
            return;
        }

        try
        {
            var childId = await maker.MakeAsync(source, turn.Cancelled);
            orders.Give(id, new(context, time.GetTimestamp()));
            expectations.Expect(childId);
        }
        catch (RpcFault fault)
        {
            await end.FailAsync(row, context, fault.Message, turn.Cancelled);
        }
        catch (Exception failure) when (ChildWords.In(failure) is { } fault)
        {
            await refusals.ParkIfAwayAsync(failure, turn.Cancelled);
            await end.FailAsync(row, context, ChildWords.Text(fault), turn.Cancelled);
        }
    }
}
