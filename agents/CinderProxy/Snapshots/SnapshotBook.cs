using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;

namespace Cascade.CinderProxy.Snapshots;

internal sealed class SnapshotBook(CinderDatabase database, SnapshotOrders orders, VolumeHost host) : LinkBook<SnapshotRow>(orders)
{
    public override IAsyncEnumerable<SnapshotRow> RowsAsync(CancellationToken cancelled) => database.SnapshotsOfAsync(host.Service, cancelled);

    public override string? ChildOf(SnapshotRow row) => row.ProviderId is { Length: > 0 } childId ? childId : null;
}
