namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of <c>volumes</c>; names are Cinder's. Sizes in GiB, times UTC.</summary>
/// <param name="NameId">_name_id: the volume whose name this one bears in its backend, after a migration.</param>
/// <param name="Host"><c>host@backend#pool</c>; null before it is scheduled.</param>
/// <param name="ProviderId">the child's volume.</param>
/// <param name="UseQuota">null only in Zed, where it is worked out (cinder/volume/manager.py: delete_volume).</param>
internal sealed record VolumeRow(
    string Id, string? NameId, string? UserId, string ProjectId, string? SnapshotId, string? SourceVolid, string? Host, int Size, string? AvailabilityZone, string Status,
    string? PreviousStatus, string? AttachStatus, string? MigrationStatus, string? DisplayName, string? DisplayDescription, string? ProviderId, string? ProviderLocation,
    string? VolumeTypeId, string? EncryptionKeyId, string? GroupId, bool Bootable, bool Multiattach, bool? UseQuota, string? ServiceUuid, DateTime? CreatedAt,
    DateTime? UpdatedAt, DateTime? LaunchedAt) : IResourceRow
{
    internal static VolumeRow Read(Row row) => new(
        row.Text("id"), row.TextOrNull("_name_id"), row.TextOrNull("user_id"), row.TextOrNull("project_id") ?? "", row.TextOrNull("snapshot_id"), row.TextOrNull("source_volid"),
        row.TextOrNull("host"), row.Int("size"), row.TextOrNull("availability_zone"), row.TextOrNull("status") ?? "", row.TextOrNull("previous_status"),
        row.TextOrNull("attach_status"), row.TextOrNull("migration_status"), row.TextOrNull("display_name"), row.TextOrNull("display_description"),
        row.TextOrNull("provider_id"), row.TextOrNull("provider_location"), row.TextOrNull("volume_type_id"), row.TextOrNull("encryption_key_id"),
        row.TextOrNull("group_id"), row.Flag("bootable"), row.Flag("multiattach"), row.FlagOrNull("use_quota"), row.TextOrNull("service_uuid"),
        row.TimeOrNull("created_at"), row.TimeOrNull("updated_at"), row.TimeOrNull("launched_at"));
}

/// <summary>What our volumes in one pool add up to.</summary>
/// <param name="Host"><c>host@backend#pool</c>, or without a pool.</param>
internal sealed record PoolUse(string Host, int Volumes, int Gigabytes)
{
    internal static PoolUse Read(Row row) => new(row.Text("host"), row.Int("n"), row.Int("gb"));
}
