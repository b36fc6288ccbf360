using Cascade.Contracts.Cinder.States;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of <c>snapshots</c>. Size in GiB, times UTC.</summary>
/// <param name="ProviderId">the child's snapshot.</param>
/// <param name="Host">its volume's.</param>
/// <param name="UseQuota">null only in Zed.</param>
internal sealed record SnapshotRow(
    string Id, string? UserId, string ProjectId, string VolumeId, int VolumeSize, string Status, string? Progress, string? DisplayName,
    string? DisplayDescription, string? ProviderId, string? VolumeTypeId, string? EncryptionKeyId, string? GroupSnapshotId, bool? UseQuota,
    DateTime? CreatedAt, DateTime? UpdatedAt, string? Host) : IResourceRow
{
    internal static SnapshotRow Read(Row row) => new(
        row.Text("id"), row.TextOrNull("user_id"), row.TextOrNull("project_id") ?? "", row.Text("volume_id"), row.Int("volume_size"), row.TextOrNull("status") ?? "",
        row.TextOrNull("progress"), row.TextOrNull("display_name"), row.TextOrNull("display_description"), row.TextOrNull("provider_id"), row.TextOrNull("volume_type_id"),
        row.TextOrNull("encryption_key_id"), row.TextOrNull("group_snapshot_id"), row.FlagOrNull("use_quota"), row.TimeOrNull("created_at"), row.TimeOrNull("updated_at"),
        row.TextOrNull("host"));
}

/// <summary>The table <c>snapshots</c>.</summary>
internal sealed class Snapshots(CinderWork work)
{
    public Task<SnapshotRow?> GetAsync(string id) => work.RowAsync(Statements.SnapshotGet, SnapshotRow.Read, ("snap", id));

    /// <summary>Snapshots of our volumes by id, a page at a time: the last id of a page is the <paramref name="after"/> of the next.</summary>
    /// <inheritdoc cref="Volumes.OfHostAsync"/>
    public Task<IReadOnlyList<SnapshotRow>> OfHostAsync(string backend, string after = "", int limit = 1000, IReadOnlyCollection<string>? statuses = null) =>
        statuses is null
            ? work.RowsAsync(Statements.SnapshotsPage, SnapshotRow.Read, [.. CinderWork.Ours(backend), ("after", after), ("limit", limit)])
            : work.RowsAsync(Statements.SnapshotsPageIn, SnapshotRow.Read,
                [.. CinderWork.Ours(backend), ("after", after), ("limit", limit), ("statuses", statuses)]);

    public Task<IReadOnlyList<SnapshotRow>> OfVolumeAsync(string volumeId) => work.RowsAsync(Statements.SnapshotsOf, SnapshotRow.Read, ("id", volumeId));

    /// <summary>The tenant's own metadata; of one that is gone what went with it.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> MetadataAsync(string id) =>
        (await work.RowsAsync(Statements.SnapshotMetadata, Pair.Read, ("snap", id))).ToDictionary();

    public Task<IReadOnlyList<SnapshotRow>> OfGroupSnapshotAsync(string groupSnapshotId) =>
        work.RowsAsync(Statements.SnapshotsOfGroupSnapshot, SnapshotRow.Read, ("gsid", groupSnapshotId));

    /// <summary>Those of our snapshots that are linked to one of these of the child.</summary>
    public Task<IReadOnlyList<SnapshotRow>> OfChildrenAsync(string backend, IReadOnlyCollection<string> childIds) =>
        work.RowsAsync(Statements.SnapshotsByChild, SnapshotRow.Read, [.. CinderWork.Ours(backend), ("children", childIds)]);

    public Task<bool> SetChildAsync(string id, string childId) => work.MetAsync(Statements.SnapshotSetChild, ("snap", id), ("child", childId));

    /// <summary>creating → available, 100 %, with the encryption key of its volume.</summary>
    public Task<bool> CreatedAsync(string id, string childId) => work.MetAsync(Statements.SnapshotCreated, ("snap", id), ("child", childId));

    /// <summary>creating → available, for one that was in the child already.</summary>
    public Task<bool> ManagedAsync(string id, int size, string childId) => work.MetAsync(Statements.SnapshotManaged, ("snap", id), ("size", size), ("child", childId));

    public Task<bool> StatusAsync(string id, string from, string to) =>
        work.MetAsync(Statements.SnapshotStatusIf, ("snap", id), ("old", from), ("new", SnapshotStatus.All.Word(to)));

    /// <summary>From any state: for what is broken, and for nothing else.</summary>
    public Task<bool> ForceStatusAsync(string id, string to) => work.MetAsync(Statements.SnapshotStatus, ("snap", id), ("new", SnapshotStatus.All.Word(to)));

    /// <summary>
    /// The soft delete of a snapshot, its metadata and its image metadata (cinder/volume/manager.py: delete_snapshot). Its quota is another step of the same
    /// transaction.
    /// </summary>
    public async Task<bool> DestroyAsync(string id)
    {
        await work.ExecuteAsync(Statements.GlanceMetaSnapDelete, ("snap", id));
        var met = await work.MetAsync(Statements.SnapshotDestroy, ("snap", id));
        await work.ExecuteAsync(Statements.SnapshotDestroyDep, ("snap", id));
        return met;
    }
}
