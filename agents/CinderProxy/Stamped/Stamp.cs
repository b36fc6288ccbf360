using Cascade.OpenStack;

namespace Cascade.CinderProxy.Stamped;

/// <summary>
/// The stamp of what we make in the child's Cinder: metadata that goes with the very create call, so that there is no moment at which it cannot be looked up.
/// A tenant can write metadata, so a stamp alone proves nothing: see <see cref="StampedActuator{TWanted, TSeen}"/>.
/// </summary>
internal static class Stamp
{
    /// <summary>The volume, snapshot or backup of the parent that it stands for.</summary>
    public const string Parent = "cascade_parent_id";

    /// <summary>The service of the parent that made it: two of them may use one child with one account, and neither may reap the other's.</summary>
    public const string Host = "cascade_host";

    public static Dictionary<string, string> Of(string parentId, string service) =>
        new(StringComparer.Ordinal) { [Parent] = parentId, [Host] = service };

    /// <summary>Null when there is none, or nothing that can be an id of ours.</summary>
    public static string? ParentOf(IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(Parent, out var id) && Guid.TryParse(id, out _) ? id : null;

    public static bool IsFrom(IReadOnlyDictionary<string, string> metadata, string service) =>
        metadata.TryGetValue(Host, out var from) && from == service;

    /// <summary>Takes it off: nothing of ours takes what carries none for an orphan, or for what stands for a row that is to go.</summary>
    /// <param name="remove">One item of the metadata of the child's thing with this id.</param>
    /// <exception cref="CloudFault">The child refuses. Not being there is success.</exception>
    public static async Task RemoveAsync(string childId, Func<string, string, CancellationToken, Task> remove, CancellationToken cancelled)
    {
        foreach (var key in new[] { Host, Parent })
        {
            try
            {
                await remove(childId, key, cancelled);
            }
            catch (CloudFault gone) when (gone.Kind is FaultKind.NotFound)
            {
                // Not stamped (it was managed, not made), or not there.
            }
        }
    }
}
