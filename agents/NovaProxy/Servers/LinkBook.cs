using System.Collections.Concurrent;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers;

/// <summary>Which instance each server of the child stands for: a cache of what the parent's rows say, filled at start and by every audit.</summary>
internal sealed class LinkBook
{
    readonly ConcurrentDictionary<string, string> parents = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> children = new(StringComparer.Ordinal);

    /// <summary>The instance that links to this server; null when none is known.</summary>
    public string? ParentOf(string childId) => parents.GetValueOrDefault(childId);

    /// <summary>The server that stands for this instance; null when none is known.</summary>
    public string? ChildOf(string uuid) => children.GetValueOrDefault(uuid);

    /// <summary>It may have been another server before, whose end is still to be seen.</summary>
    public void Set(string childId, string uuid) => (parents[childId], children[uuid]) = (uuid, childId);

    public void Remove(string childId)
    {
        if (parents.TryRemove(childId, out var uuid))
        {
            children.TryRemove(new(uuid, childId));
        }
    }

    /// <summary>Takes over what the rows of our host say.</summary>
    public void Read(IReadOnlyCollection<VersionedObject> rows)
    {
        foreach (var row in rows)
        {
            if (ServerLink.Of(row) is { } childId && row.Text("uuid") is { } uuid)
            {
                Set(childId, uuid);
            }
        }
    }
}
