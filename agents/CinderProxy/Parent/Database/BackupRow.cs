namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of <c>backups</c>. Size in GiB, times UTC.</summary>
/// <param name="ParentId">the backup it adds to.</param>
/// <param name="Host">the backup service's; null before one is chosen.</param>
/// <param name="Service">the driver that made it.</param>
/// <param name="ServiceMetadata">the driver's own text: a <see cref="CinderProxy.Backups.BackupLink"/> where the driver is ours.</param>
internal sealed record BackupRow(
    string Id, string VolumeId, string? SnapshotId, string? ParentId, string? UserId, string ProjectId, string? Host, string? AvailabilityZone, string? DisplayName,
    string? DisplayDescription, string? Container, string Status, string? FailReason, string? Service, string? ServiceMetadata, int Size, int? ObjectCount,
    int? NumDependentBackups, string? RestoreVolumeId, DateTime? CreatedAt) : IResourceRow
{
    internal static BackupRow Read(Row row) => new(
        row.Text("id"), row.Text("volume_id"), row.TextOrNull("snapshot_id"), row.TextOrNull("parent_id"), row.TextOrNull("user_id"), row.TextOrNull("project_id") ?? "",
        row.TextOrNull("host"), row.TextOrNull("availability_zone"), row.TextOrNull("display_name"), row.TextOrNull("display_description"), row.TextOrNull("container"),
        row.TextOrNull("status") ?? "", row.TextOrNull("fail_reason"), row.TextOrNull("service"), row.TextOrNull("service_metadata"), row.Int("size"),
        row.IntOrNull("object_count"), row.IntOrNull("num_dependent_backups"), row.TextOrNull("restore_volume_id"), row.TimeOrNull("created_at"));
}
