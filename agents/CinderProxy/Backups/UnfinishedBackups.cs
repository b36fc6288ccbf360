using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes;
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
    TimeProvider time) : IUnfinished
{
    static readonly string[] OnTheWay = [BackupStatus.Creating, BackupStatus.Restoring, BackupStatus.Deleting];

    /// <summary>A message that is there is delivered within this time.</summary>
    static readonly TimeSpan Delivery = TimeSpan.FromSeconds(20);

    public async Task ReadLinksAsync(CancellationToken cancelled)
    {
        if (!keeper.IsWanted)
        {
            return;
        }

        var links = new List<(string, string?)>();
        await foreach (var row in database.BackupsOfAsync(host.Service, cancelled))
        {
            links.Add((row.Id, BackupLink.In(row, host.Service)));
        }

        book.Read(links, id => orders.Of(id) is not null);
    }

    public async Task<IReadOnlyList<Unfinished>> ReadAsync(CancellationToken cancelled) => keeper.IsWanted
        ? [.. (await database.ReadAsync(work => work.Backups.OfHostAsync(host.Service, statuses: OnTheWay), cancelled)).Select(row => new Unfinished(row.Id, row.Status, BackupLink.In(row, host.Service)))]
        : [];

    public bool IsInHand(string id) => queue.Contains(id) || orders.Of(id) is not null;

    public TimeSpan PatienceWith(Unfinished row) => row.Status != BackupStatus.Creating || row.ChildId is not null ? Delivery : options.OrderTimeout;

    public Task FinishAsync(Unfinished row, CancellationToken cancelled)
    {
        if (row is { Status: BackupStatus.Creating, ChildId: { } childId })
        {
            orders.Give(row.Id, new(null, time.GetTimestamp()));
            expectations.Expect(childId);
            return Task.CompletedTask;
        }

        return queue.RunAsync(row.Id, turn => FinishNowAsync(row, turn.Cancelled), cancelled: cancelled);
    }

    async Task FinishNowAsync(Unfinished before, CancellationToken cancelled)
    {
        var row = await database.ReadAsync(work => work.Backups.GetAsync(before.Id), cancelled);
        if (row?.Status != before.Status)
        {
            return;
        }

        await (row.Status switch
        {
            BackupStatus.Deleting => removal.GoOnAsync(row, null, cancelled),
            BackupStatus.Restoring when row.RestoreVolumeId is { } volumeId => restoring.GoOnAsync(row, volumeId, null, cancelled),
            BackupStatus.Creating => end.FailAsync(row, null, "the create was interrupted and nothing is left to go on with", cancelled),
            _ => Task.CompletedTask,
        });
    }
}
