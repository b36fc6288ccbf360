namespace Cascade.CinderProxy.Parent.Database;

/// <summary>All rows of ours, however many: a page at a time, each read of its own, so that nothing is locked and little is held.</summary>
internal static class RowPages
{
    const int Size = 1000;

    /// <param name="backend"><c>host@backend</c>.</param>
    public static IAsyncEnumerable<VolumeRow> VolumesOfAsync(this CinderDatabase database, string backend, CancellationToken cancelled) =>
        AllAsync(after => database.ReadAsync(work => work.Volumes.OfHostAsync(backend, after, Size), cancelled), row => row.Id);

    /// <inheritdoc cref="VolumesOfAsync"/>
    public static IAsyncEnumerable<SnapshotRow> SnapshotsOfAsync(this CinderDatabase database, string backend, CancellationToken cancelled) =>
        AllAsync(after => database.ReadAsync(work => work.Snapshots.OfHostAsync(backend, after, Size), cancelled), row => row.Id);

    /// <inheritdoc cref="VolumesOfAsync"/>
    public static IAsyncEnumerable<BackupRow> BackupsOfAsync(this CinderDatabase database, string backend, CancellationToken cancelled) =>
        AllAsync(after => database.ReadAsync(work => work.Backups.OfHostAsync(backend, after, Size), cancelled), row => row.Id);

    static async IAsyncEnumerable<T> AllAsync<T>(Func<string, Task<IReadOnlyList<T>>> read, Func<T, string> idOf)
    {
        var after = "";
        while (await read(after) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < Size)
            {
                yield break;
            }

            after = idOf(page[^1]);
        }
    }
}
