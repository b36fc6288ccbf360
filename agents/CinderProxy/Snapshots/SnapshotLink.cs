using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>The child's snapshot in the parent's own row: <c>provider_id</c>.</summary>
internal sealed class SnapshotLink(SnapshotRow row, CinderDatabase database, SnapshotBook book) : ILink
{
    public string? ChildId => row.ProviderId is { Length: > 0 } id ? id : null;

    public async Task SetAsync(string childId, CancellationToken cancelled)
    {
        await database.InTransactionAsync(work => work.Snapshots.SetChildAsync(row.Id, childId), cancelled);
        book.Set(childId, row.Id);
    }
}
