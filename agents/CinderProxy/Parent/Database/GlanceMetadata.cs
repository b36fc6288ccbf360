namespace Cascade.CinderProxy.Parent.Database;

/// <summary>The table <c>volume_glance_metadata</c>: what image a bootable volume or snapshot came from.</summary>
internal sealed class GlanceMetadata(CinderWork work)
{
    public async Task<IReadOnlyDictionary<string, string?>> GetAsync(string volumeId) =>
        (await work.RowsAsync(Statements.GlanceMetaGet, Pair.Read, ("id", volumeId))).ToDictionary();

    /// <summary>A value of null is left out (cinder/volume/volume_utils.py: get_volume_image_metadata).</summary>
    public async Task InsertAsync(string volumeId, IEnumerable<KeyValuePair<string, string?>> metadata)
    {
        foreach (var (key, value) in metadata.Where(pair => pair.Value is not null))
        {
            await work.ExecuteAsync(Statements.GlanceMetaInsert, ("id", volumeId), ("key", key), ("value", value));
        }
    }

    /// <summary>What a child says of the image in its volume; null where it says nothing.</summary>
    public Task FromChildAsync(string volumeId, IReadOnlyDictionary<string, string>? said) =>
        InsertAsync(volumeId, (said ?? new Dictionary<string, string>()).Select(item => KeyValuePair.Create(item.Key, (string?)item.Value)));

    /// <summary>All of the volume's: before another image's are written.</summary>
    public Task<int> DeleteAsync(string volumeId) => work.ExecuteAsync(Statements.GlanceMetaDelete, ("id", volumeId));

    public Task<int> VolumeToSnapshotAsync(string volumeId, string snapshotId) =>
        work.ExecuteAsync(Statements.GlanceMetaVolToSnap, ("id", volumeId), ("snap", snapshotId));

    public Task<int> SnapshotToVolumeAsync(string snapshotId, string volumeId) =>
        work.ExecuteAsync(Statements.GlanceMetaSnapToVol, ("snap", snapshotId), ("id", volumeId));

    public Task<int> VolumeToVolumeAsync(string sourceId, string volumeId) =>
        work.ExecuteAsync(Statements.GlanceMetaVolToVol, ("src", sourceId), ("id", volumeId));
}
