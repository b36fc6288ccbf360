using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;

namespace Cascade.CinderProxy.Backups;

/// <summary>
/// Backups that are being made, restored or are going. Native gives them up at its start (cinder/backup/manager.py: _cleanup_one_backup), for its own process was the
/// worker; here the child works on, and what it does is taken up again.
/// </summary>
internal sealed class UnfinishedBackups(
    KeyedQueue queue,
    CinderDatabase database,
    BackupBook book,
    BackupOrders orders,
    BackupExpectations expectations,
    BackupEnd end,
    BackupRestoring restoring,
    BackupRemoval removal,
    BackupKeeper keeper,
    VolumeHost host,
    CinderProxyOptions options,
    TimeProvider time) : UnfinishedStamped<BackupRow>("Backup", queue, book, orders, expectations, options)
{
    static readonly string[] Statuses = [BackupStatus.Creating, BackupStatus.Restoring, BackupStatus.Deleting];

    protected override async Task<IReadOnlyList<BackupRow>> OnTheWayAsync(CancellationToken cancelled) =>
        keeper.IsWanted ? await database.ReadAsync(work => work.Backups.OfHostAsync(host.Service, statuses: Statuses), cancelled) : [];

    protected override Task<BackupRow?> RowAsync(string id, CancellationToken cancelled) => database.ReadAsync(work => work.Backups.GetAsync(id), cancelled);

    protected override Task GoOnAsync(BackupRow row, CancellationToken cancelled) => row.Status switch
    {
        BackupStatus.Deleting => removal.GoOnAsync(row, null, cancelled),
        BackupStatus.Restoring when row.RestoreVolumeId is { } volumeId => restoring.GoOnAsync(row, volumeId, null, cancelled),
        BackupStatus.Creating => end.FailAsync(row, null, Interrupted, cancelled),
        _ => Task.CompletedTask,
    };

    /// <summary>While no order is under way the watch does not look at backups.</summary>
    protected override void Await(string id, string childId)
    {
        orders.Give(id, new(null, time.GetTimestamp()));
        base.Await(id, childId);
    }
}
