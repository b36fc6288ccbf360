using Cascade.CinderProxy.Parent.Database;

namespace Cascade.CinderProxy.Stamped;

/// <summary>
/// That something is in error because the child's was seen to be, in the volume's administrator metadata, which no tenant sees or writes: what is well again in the child is
/// then well again in the parent, and any other error is left to who made it. Snapshots and backups have no such metadata of their own; theirs is with their volume.
/// </summary>
internal static class ErrorMark
{
    const string Key = "cascade_child_status";

    /// <param name="id">The volume itself, or what is of it.</param>
    public static async Task SetAsync(CinderWork work, string volumeId, string id, string childStatus)
    {
        // What hangs on a volume that is gone keeps it from being purged; a backup that outlived its volume has no mark, and heals by an administrator's hand.
        if (await work.Volumes.LockAsync(volumeId) is not null)
        {
            await work.AdminMetadata.SetAsync(volumeId, KeyOf(volumeId, id), childStatus);
        }
    }

    /// <returns>Whether it was there.</returns>
    public static Task<bool> ClearAsync(CinderWork work, string volumeId, string id) => work.AdminMetadata.DeleteAsync(volumeId, KeyOf(volumeId, id));

    public static async Task<bool> IsOnAsync(CinderWork work, string volumeId, string id) => (await work.AdminMetadata.GetAsync(volumeId)).ContainsKey(KeyOf(volumeId, id));

    static string KeyOf(string volumeId, string id) => id == volumeId ? Key : $"{Key}:{id}";
}
