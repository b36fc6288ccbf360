using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>Tells the parent what was seen of one snapshot: in its turn, after reading the row again.</summary>
internal sealed class SnapshotTeller(
    KeyedQueue queue,
    CinderDatabase database,
    SnapshotOrders orders,
    SnapshotExpectations expectations,
    SnapshotEnd end,
    SnapshotRemoval removal,
    ChildErrors errors,
    ILogger<SnapshotTeller> log)
{
    /// <param name="sight">Null when the child confirmed that it is not there.</param>
    public Task TellAsync(string id, string childId, Sight<Snapshot>? sight, CancellationToken cancelled) =>
        queue.RunAsync(id, turn => TellNowAsync(id, childId, sight, turn.Cancelled), cancelled: cancelled);

    async Task TellNowAsync(string id, string childId, Sight<Snapshot>? sight, CancellationToken cancelled)
    {
        var row = await database.ReadAsync(work => work.Snapshots.GetAsync(id), cancelled);
        if (row is null || !(row.ProviderId is { Length: > 0 } linked ? linked == childId : row.Status == SnapshotStatus.Deleting))
        {
            expectations.Settle(childId);
            return;
        }

        var order = orders.Of(id);
        var answers = order is not null && (sight is null || sight.Asked > order.Given);
        if (order is not null && !answers)
        {
            // Asked for before the order was given, and told only now: if it is the outcome already it will not look otherwise at the next look, and must be told again.
            expectations.Expect(childId);
        }

        var blamed = row.Status is SnapshotStatus.Error or SnapshotStatus.Available && await database.ReadAsync(work => ErrorMark.IsOnAsync(work, row.VolumeId, id), cancelled);
        await (SnapshotReport.Of(row, sight?.Seen, answers, blamed) switch
        {
            Verdict.Created => end.CreatedAsync(row, cancelled),
            Verdict.CreateFailed failed => end.FailAsync(row, order?.Context, failed.Reason, cancelled),
            Verdict.Deleted => removal.GoOnAsync(row, order?.Context, cancelled),
            Verdict.DeleteFailed failed => removal.FailAsync(row, order?.Context, failed.Reason, busy: false, cancelled),
            Verdict.Vanished => ErrorAsync(row, null, "gone", cancelled),
            Verdict.Errored errored => ErrorAsync(row, sight!.Seen, errored.ChildStatus, cancelled),
            Verdict.Recovered => RecoverAsync(row, cancelled),
            _ => Task.CompletedTask,
        });
    }

    Task ErrorAsync(SnapshotRow row, Snapshot? seen, string childStatus, CancellationToken cancelled)
    {
        Log.WentWrongInChild(log, row.Id, row.ProviderId ?? "-", childStatus);
        return errors.FollowAsync(
            row.VolumeId, row.Id, row.ProjectId, MessageResource.VolumeSnapshot, seen, childStatus,
            work => work.Snapshots.StatusAsync(row.Id, SnapshotStatus.Available, SnapshotStatus.Error), cancelled);
    }

    Task RecoverAsync(SnapshotRow row, CancellationToken cancelled)
    {
        Log.WellAgainInChild(log, row.Id, row.ProviderId ?? "-");
        return errors.HealAsync(row.VolumeId, row.Id, work => work.Snapshots.StatusAsync(row.Id, SnapshotStatus.Error, SnapshotStatus.Available), cancelled);
    }
}
