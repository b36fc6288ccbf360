using System.Collections.Concurrent;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Stamped;

/// <summary>What is ours in the child, as the watch sees it: what rows link to, and what our user made for this service.</summary>
internal abstract class StampedWatch<TSeen, TRow>(ChildCloud child, LinkBook<TRow> book, Orders orders, VolumeHost host) : IWatched<TSeen>
    where TSeen : class, IResource
    where TRow : class, IResourceRow
{
    /// <summary>A look at what changed reads as much as that at once, and mostly no more.</summary>
    const int Newest = 50;

    /// <summary>Rows as the last audit read them; each serves once, for the report that follows it.</summary>
    readonly ConcurrentDictionary<string, TRow> rows = new(StringComparer.Ordinal);

    public DateTimeOffset? ChildNow => child.BlockStorageNow;

    protected ChildCloud Child => child;

    public string IdOf(TSeen seen) => seen.Id;

    public virtual string FingerprintOf(TSeen seen) => $"{seen.Status}";

    public virtual async Task<IReadOnlyList<TSeen>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled)
    {
        var found = new Dictionary<string, TSeen>(StringComparer.Ordinal);
        await foreach (var seen in ThereAsync(changedSince, cancelled))
        {
            if (book.ParentOf(seen.Id) is not null || Stamp.IsFrom(seen.Metadata, host.Service))
            {
                found[seen.Id] = seen;
            }
        }

        return [.. found.Values];
    }

    public abstract Task<TSeen?> FindAsync(string childId, CancellationToken cancelled);

    public virtual Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled)
    {
        rows.Clear();
        return book.ReadAsync(cancelled, row => rows[row.Id] = row);
    }

    public Task ReportAsync(Sight<TSeen> sight, CancellationToken cancelled) =>
        TellAsync(book.ParentOf(sight.Seen.Id) ?? Stamp.ParentOf(sight.Seen.Metadata), sight.Seen.Id, sight, cancelled);

    public Task ReportGoneAsync(string childId, CancellationToken cancelled) => TellAsync(book.ParentOf(childId), childId, null, cancelled);

    /// <summary>Everybody's, not only ours.</summary>
    /// <param name="changedSince">Null for all that is there.</param>
    public abstract IAsyncEnumerable<TSeen> ThereAsync(DateTimeOffset? changedSince, CancellationToken cancelled);

    /// <param name="id">Of the parent; null when it stands for nothing.</param>
    /// <param name="sight">Null when the child confirmed that it is not there.</param>
    protected abstract Task TellAsync(string? id, string childId, Sight<TSeen>? sight, CancellationToken cancelled);

    /// <summary>There is nothing to tell of it, and nothing on its way.</summary>
    protected abstract bool IsAsBelieved(TRow row, TSeen seen);

    /// <summary>At an audit most are as the parent believes: no need to read each row again to find that out.</summary>
    protected bool IsKnown(string id, Sight<TSeen>? sight) =>
        sight is not null && rows.TryRemove(id, out var row) && book.ChildOf(row) == sight.Seen.Id && orders.Of(id) is null && IsAsBelieved(row, sight.Seen);

    /// <summary>For what Cinder does not list by when it changed: read newest change first, until it is older than the look before.</summary>
    private protected static IAsyncEnumerable<TSeen> UntilOlder<TFilter>(DateTimeOffset? changedSince, Func<TFilter, IAsyncEnumerable<TSeen>> list)
        where TFilter : ResourceFilter, new() => changedSince is { } since
            ? list(new() { AllTenants = true, Sort = "updated_at:desc", Limit = Newest }).TakeWhile(seen => !(seen.UpdatedAt < since))
            : list(new() { AllTenants = true });
}
