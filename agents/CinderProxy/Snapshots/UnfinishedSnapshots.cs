using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>Snapshots that are being made or are going.</summary>
internal sealed class UnfinishedSnapshots(
    KeyedQueue queue,
    CinderDatabase database,
    SnapshotBook book,
    SnapshotOrders orders,
    SnapshotExpectations expectations,
    SnapshotEnd end,
    SnapshotRemoval removal,
    VolumeHost host,
    CinderProxyOptions options) : UnfinishedStamped<SnapshotRow>(Workers.Snapshot, queue, book, orders, expectations, options)
{
    static readonly string[] Statuses = [SnapshotStatus.Creating, SnapshotStatus.Deleting];

    protected override Task<IReadOnlyList<SnapshotRow>> OnTheWayAsync(CancellationToken cancelled) =>
        database.ReadAsync(work => work.Snapshots.OfHostAsync(host.Service, statuses: Statuses), cancelled);

    protected override Task<SnapshotRow?> RowAsync(string id, CancellationToken cancelled) => database.ReadAsync(work => work.Snapshots.GetAsync(id), cancelled);

    protected override Task GoOnAsync(SnapshotRow row, CancellationToken cancelled) => row.Status == SnapshotStatus.Deleting
        ? removal.GoOnAsync(row, null, cancelled)
        : end.FailAsync(row, null, Interrupted, cancelled);
}
