using System.Collections.Concurrent;
using Cascade.CinderProxy.Parent.Database;

namespace Cascade.CinderProxy.Stamped;

/// <summary>
/// Which thing of the parent each thing of the child stands for: a cache of what the parent's rows say (<c>provider_id</c>, of a backup <c>service_metadata</c>), filled at start and by
/// every audit. There is one for volumes, one for snapshots and one for backups.
/// </summary>
internal abstract class LinkBook
{
    readonly ConcurrentDictionary<string, string> parents = new(StringComparer.Ordinal);

    /// <summary>What links to this one of the child; null when nothing is known to.</summary>
    public string? ParentOf(string childId) => parents.GetValueOrDefault(childId);

    public void Set(string childId, string parentId) => parents[childId] = parentId;

    public void Remove(string childId) => parents.TryRemove(childId, out _);

    /// <summary>All that it knows now: the parent's id by the child's.</summary>
    private protected IReadOnlyDictionary<string, string> All() => parents.ToDictionary(StringComparer.Ordinal);

    /// <summary>Takes over what the rows say, and forgets what none of them says any more, unless it is awaited.</summary>
    /// <param name="before">What was known before the first row was read: what came since may be said by a row that was read already.</param>
    /// <param name="said">The parent's id by the child's.</param>
    private protected void TakeOver(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> said, Func<string, bool> isAwaited)
    {
        foreach (var (childId, id) in said)
        {
            parents[childId] = id;
        }

        foreach (var (childId, id) in before.Where(link => !said.ContainsKey(link.Key) && !isAwaited(link.Value)))
        {
            parents.TryRemove(new(childId, id));
        }
    }
}

/// <inheritdoc/>
/// <param name="orders">
/// What is under way. What was made for one of the parent and never linked, and is to go with it, is said by no row, and its end would be nobody's.
/// </param>
internal abstract class LinkBook<TRow>(Orders orders) : LinkBook
    where TRow : class, IResourceRow
{
    /// <summary>All rows of ours.</summary>
    public abstract IAsyncEnumerable<TRow> RowsAsync(CancellationToken cancelled);

    /// <summary>The child's one that the row links to; null when it links to none of our child.</summary>
    public abstract string? ChildOf(TRow row);

    /// <summary>Takes over what the parent's rows say.</summary>
    /// <param name="each">Gets each row.</param>
    /// <returns>The child ids that rows link to.</returns>
    public async Task<IReadOnlyCollection<string>> ReadAsync(CancellationToken cancelled, Action<TRow>? each = null)
    {
        var before = All();
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(cancelled))
        {
            each?.Invoke(row);
            if (ChildOf(row) is { } childId)
            {
                said[childId] = row.Id;
            }
        }

        TakeOver(before, said, id => orders.Of(id) is not null);
        return said.Keys;
    }
}
