namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of <c>backups</c>. Size in GiB.</summary>
/// <param name="ParentId">the backup it adds to.</param>
/// <param name="ServiceMetadata">the driver's own text; a cinder-backup that stands for a child keeps its link there.</param>
internal sealed record BackupRow(
    string Id, string VolumeId, string? SnapshotId, string? ParentId, string? UserId, string? ProjectId, string? Host, string? Status, string? FailReason, string? Service,
    int Size, int? ObjectCount, int? NumDependentBackups, string? RestoreVolumeId, string? ServiceMetadata)
{
    internal static BackupRow Read(Row row) => new(
        row.Text("id"), row.Text("volume_id"), row.TextOrNull("snapshot_id"), row.TextOrNull("parent_id"), row.TextOrNull("user_id"), row.TextOrNull("project_id"),
        row.TextOrNull("host"), row.TextOrNull("status"), row.TextOrNull("fail_reason"), row.TextOrNull("service"), row.Int("size"), row.IntOrNull("object_count"),
        row.IntOrNull("num_dependent_backups"), row.TextOrNull("restore_volume_id"), row.TextOrNull("service_metadata"));
}

/// <summary>The table <c>backups</c>, read only: cinder-backup writes it.</summary>
internal sealed class Backups(CinderWork work)
{
    public Task<BackupRow?> GetAsync(string id) => work.RowAsync(Statements.BackupGet, BackupRow.Read, ("id", id));

    public Task<IReadOnlyList<BackupRow>> OfVolumeAsync(string volumeId) => work.RowsAsync(Statements.BackupsOf, BackupRow.Read, ("id", volumeId));
}
