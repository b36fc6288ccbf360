using System.Collections.Concurrent;

namespace Cascade.CinderProxy.Volumes;

/// <summary>
/// Which thing of the parent each thing of the child stands for: a cache of what the parent's rows say (<c>provider_id</c>, of a backup <c>service_metadata</c>), filled at start and by
/// every audit. There is one for volumes, one for snapshots and one for backups.
/// </summary>
internal class LinkBook
{
    readonly ConcurrentDictionary<string, string> parents = new(StringComparer.Ordinal);

    public int Count => parents.Count;

    /// <summary>What links to this one of the child; null when nothing is known to.</summary>
    public string? ParentOf(string childId) => parents.GetValueOrDefault(childId);

    public void Set(string childId, string parentId) => parents[childId] = parentId;

    public void Remove(string childId) => parents.TryRemove(childId, out _);

    /// <summary>Takes over what the parent's rows say, and forgets what none of them says any more.</summary>
    /// <param name="isAwaited">
    /// Whether something is under way for this one of the parent. What was made for it and never linked, and is to go with it, is said by no row, and its end would be nobody's.
    /// </param>
    public void Read(IEnumerable<(string Id, string? ChildId)> rows, Func<string, bool> isAwaited)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        var before = parents.Keys.ToList();
        foreach (var (id, childId) in rows)
        {
            if (childId is { Length: > 0 })
            {
                parents[childId] = id;
                said.Add(childId);
            }
        }

        foreach (var childId in before.Where(childId => !said.Contains(childId)))
        {
            if (ParentOf(childId) is { } id && !isAwaited(id))
            {
                parents.TryRemove(childId, out _);
            }
        }
    }
}

internal sealed class VolumeBook : LinkBook;

internal sealed class SnapshotBook : LinkBook;

internal sealed class BackupBook : LinkBook;
