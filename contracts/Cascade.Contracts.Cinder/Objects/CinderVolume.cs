using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/volume.py: Volume, a snapshot in time of its row. Which fields it has differs from method to method.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderVolume(string Id, VersionedObject Raw)
{
    /// <summary>GiB; 0 while it is being managed.</summary>
    public int? Size { get; init; }

    /// <summary><c>hostname@backend#pool</c>.</summary>
    public string? Host { get; init; }

    public string? ProjectId { get; init; }

    public string? UserId { get; init; }

    /// <summary>A word of <see cref="States.VolumeStatus"/>, or another: the column is free text.</summary>
    public string? Status { get; init; }

    public string? PreviousStatus { get; init; }

    public string? AttachStatus { get; init; }

    public string? MigrationStatus { get; init; }

    public string? ReplicationStatus { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? DisplayName { get; init; }

    public string? DisplayDescription { get; init; }

    public string? VolumeTypeId { get; init; }

    /// <summary>Ours: the id in the child.</summary>
    public string? ProviderId { get; init; }

    public string? ProviderLocation { get; init; }

    /// <summary>What it was made of, as is <c>source_volid</c>.</summary>
    public string? SnapshotId { get; init; }

    public string? SourceVolid { get; init; }

    public string? EncryptionKeyId { get; init; }

    public string? GroupId { get; init; }

    public string? ServiceUuid { get; init; }

    public bool? Bootable { get; init; }

    public bool? Multiattach { get; init; }

    public bool? SharedTargets { get; init; }

    /// <summary>Null from a Zed row that was never told.</summary>
    public bool? UseQuota { get; init; }

    public bool? Deleted { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public DateTimeOffset? LaunchedAt { get; init; }

    public DateTimeOffset? TerminatedAt { get; init; }

    /// <summary>The tenant's, null when not loaded.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>Null when not loaded.</summary>
    public IReadOnlyDictionary<string, string?>? AdminMetadata { get; init; }

    /// <summary>Null when not loaded.</summary>
    public IReadOnlyDictionary<string, string?>? GlanceMetadata { get; init; }

    /// <summary>Null when not loaded, or when it has none.</summary>
    public CinderVolumeType? VolumeType { get; init; }

    /// <summary>Null when not loaded.</summary>
    public IReadOnlyList<CinderVolumeAttachment>? VolumeAttachment { get; init; }

    /// <summary>Null when it is none or has no id.</summary>
    public static CinderVolume? Read(VersionedObject? of)
    {
        if (of?.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, of)
        {
            Size = of.Whole("size"),
            Host = of.Text("host"),
            ProjectId = of.Text("project_id"),
            UserId = of.Text("user_id"),
            Status = of.Text("status"),
            PreviousStatus = of.Text("previous_status"),
            AttachStatus = of.Text("attach_status"),
            MigrationStatus = of.Text("migration_status"),
            ReplicationStatus = of.Text("replication_status"),
            AvailabilityZone = of.Text("availability_zone"),
            DisplayName = of.Text("display_name"),
            DisplayDescription = of.Text("display_description"),
            VolumeTypeId = of.Text("volume_type_id"),
            ProviderId = of.Text("provider_id"),
            ProviderLocation = of.Text("provider_location"),
            SnapshotId = of.Text("snapshot_id"),
            SourceVolid = of.Text("source_volid"),
            EncryptionKeyId = of.Text("encryption_key_id"),
            GroupId = of.Text("group_id"),
            ServiceUuid = of.Text("service_uuid"),
            Bootable = of.Flag("bootable"),
            Multiattach = of.Flag("multiattach"),
            SharedTargets = of.Flag("shared_targets"),
            UseQuota = of.Flag("use_quota"),
            Deleted = of.Flag("deleted"),
            CreatedAt = of.Time("created_at"),
            ScheduledAt = of.Time("scheduled_at"),
            LaunchedAt = of.Time("launched_at"),
            TerminatedAt = of.Time("terminated_at"),
            Metadata = of.Texts("metadata"),
            AdminMetadata = of.Texts("admin_metadata"),
            GlanceMetadata = of.Texts("glance_metadata"),
            VolumeType = CinderVolumeType.Read(of.Object("volume_type")),
            VolumeAttachment = of.Each("volume_attachment", CinderVolumeAttachment.Read),
        };
    }

    /// <summary>The volume as a scheduler wants it back: without a host, without changes. Nothing is shared.</summary>
    public static VersionedObject Unscheduled(VersionedObject volume)
    {
        var echo = CinderObjects.WithoutChanges(volume);
        echo.Data["host"] = null;
        return echo;
    }
}
