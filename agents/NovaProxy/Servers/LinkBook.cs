using System.Collections.Concurrent;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers;

/// <summary>Which instance each server of the child stands for: a cache of what the parent's rows say, filled at start and by every audit.</summary>
internal sealed class LinkBook
{
    readonly ConcurrentDictionary<string, string> parents = new(StringComparer.Ordinal);

    /// <summary>The instance that links to this server; null when none is known.</summary>
    public string? ParentOf(string childId) => parents.GetValueOrDefault(childId);

    /// <summary>The server that stands for this instance; null when none is known.</summary>
    public string? ChildOf(string uuid) => parents.FirstOrDefault(link => link.Value == uuid).Key;

    public void Set(string childId, string uuid) => parents[childId] = uuid;

    public void Remove(string childId) => parents.TryRemove(childId, out _);

    /// <summary>Takes over what the rows of our host say.</summary>
    public void Read(IReadOnlyCollection<VersionedObject> rows)
    {
        foreach (var row in rows)
        {
            if (ServerLink.Of(row) is { } childId && row.Text("uuid") is { } uuid)
            {
                parents[childId] = uuid;
            }
        }
    }
}
