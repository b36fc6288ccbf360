using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;

namespace Cascade.CinderProxy.Backups;

internal sealed class BackupBook(CinderDatabase database, BackupOrders orders, VolumeHost host) : LinkBook<BackupRow>(orders)
{
    public override IAsyncEnumerable<BackupRow> RowsAsync(CancellationToken cancelled) => database.BackupsOfAsync(host.Service, cancelled);

    public override string? ChildOf(BackupRow row) => BackupLink.In(row, host.Service);
}
