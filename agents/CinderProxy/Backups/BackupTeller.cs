using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Backups;

/// <summary>Tells the parent what was seen of one backup: in its turn, after reading the row again.</summary>
internal sealed class BackupTeller(
    KeyedQueue queue,
    CinderDatabase database,
    BackupOrders orders,
    BackupExpectations expectations,
    BackupEnd end,
    RestoreEnd restore,
    BackupRemoval removal,
    ChildErrors errors,
    VolumeHost host,
    ILogger<BackupTeller> log)
{
    /// <param name="sight">Null when the child confirmed that it is not there.</param>
    public Task TellAsync(string id, string childId, Sight<Backup>? sight, CancellationToken cancelled) =>
        queue.RunAsync(id, turn => TellNowAsync(id, childId, sight, turn.Cancelled), cancelled: cancelled);

    async Task TellNowAsync(string id, string childId, Sight<Backup>? sight, CancellationToken cancelled)
    {
        var row = await database.ReadAsync(work => work.Backups.GetAsync(id), cancelled);
        if (row is null || !(BackupLink.In(row, host.Service) is { } linked ? linked == childId : row.Status == BackupStatus.Deleting))
        {
            expectations.Settle(childId);
            orders.Done(id);
            return;
        }

        var order = orders.Of(id);
        var answers = order is not null && (sight is null || sight.Asked > order.Given);
        if (order is not null && !answers)
        {
            // Asked for before the order was given, and told only now: if it is the outcome already it will not look otherwise at the next look, and must be told again.
            expectations.Expect(childId);
        }

        var blamed = row.Status == BackupStatus.Error && await database.ReadAsync(work => ErrorMark.IsOnAsync(work, row.VolumeId, id), cancelled);
        await (BackupReport.Of(row, sight?.Seen, answers, blamed) switch
        {
            Verdict.Created => end.CreatedAsync(row, sight!.Seen, cancelled),
            Verdict.CreateFailed failed => end.FailAsync(row, order?.Context, failed.Reason, cancelled),
            Verdict.Deleted => removal.GoOnAsync(row, order?.Context, cancelled),
            Verdict.DeleteFailed failed => removal.FailAsync(row, order?.Context, failed.Reason, cancelled),
            Verdict.RestoreOver => restore.OverAsync(row, sight!.Seen.FailReason, cancelled),
            Verdict.RestoreFailed failed => restore.FailAsync(row, row.RestoreVolumeId, order?.Context, failed.Reason, cancelled),
            Verdict.Vanished => ErrorAsync(row, null, "the backup is gone in the child", cancelled),
            Verdict.Errored errored => ErrorAsync(row, sight!.Seen, errored.ChildStatus, cancelled),
            Verdict.Recovered => RecoverAsync(row, cancelled),
            _ => Task.CompletedTask,
        });
    }

    Task ErrorAsync(BackupRow row, Backup? seen, string reason, CancellationToken cancelled)
    {
        Log.WentWrongInChild(log, row.Id, BackupLink.In(row, host.Service) ?? "-", reason);
        return errors.FollowAsync(
            row.VolumeId, row.Id, row.ProjectId, MessageResource.VolumeBackup, seen, seen?.Status ?? "gone",
            work => work.Backups.EndAsync(row.Id, BackupStatus.Available, BackupStatus.Error, reason), cancelled);
    }

    Task RecoverAsync(BackupRow row, CancellationToken cancelled)
    {
        Log.WellAgainInChild(log, row.Id, BackupLink.In(row, host.Service) ?? "-");
        return errors.HealAsync(row.VolumeId, row.Id, work => work.Backups.EndAsync(row.Id, BackupStatus.Error, BackupStatus.Available, reason: null), cancelled);
    }
}
