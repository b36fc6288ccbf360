using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/snapshot.py: Snapshot.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderSnapshot(string Id, VersionedObject Raw)
{
    public string? VolumeId { get; init; }

    /// <summary>GiB.</summary>
    public int? VolumeSize { get; init; }

    public string? ProjectId { get; init; }

    public string? UserId { get; init; }

    /// <summary>A word of <see cref="States.SnapshotStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary><c>0%</c> to <c>100%</c>.</summary>
    public string? Progress { get; init; }

    public string? DisplayName { get; init; }

    public string? DisplayDescription { get; init; }

    /// <summary>Ours: the id in the child.</summary>
    public string? ProviderId { get; init; }

    public string? ProviderLocation { get; init; }

    public string? VolumeTypeId { get; init; }

    public string? EncryptionKeyId { get; init; }

    public string? GroupSnapshotId { get; init; }

    /// <summary>Null from a Zed row that was never told.</summary>
    public bool? UseQuota { get; init; }

    public bool? Deleted { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>Null in create_snapshot: it was not loaded.</summary>
    public CinderVolume? Volume { get; init; }

    /// <summary>Null when it is none or has no id.</summary>
    public static CinderSnapshot? Read(VersionedObject? of)
    {
        if (of?.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, of)
        {
            VolumeId = of.Text("volume_id"),
            VolumeSize = of.Whole("volume_size"),
            ProjectId = of.Text("project_id"),
            UserId = of.Text("user_id"),
            Status = of.Text("status"),
            Progress = of.Text("progress"),
            DisplayName = of.Text("display_name"),
            DisplayDescription = of.Text("display_description"),
            ProviderId = of.Text("provider_id"),
            ProviderLocation = of.Text("provider_location"),
            VolumeTypeId = of.Text("volume_type_id"),
            EncryptionKeyId = of.Text("encryption_key_id"),
            GroupSnapshotId = of.Text("group_snapshot_id"),
            UseQuota = of.Flag("use_quota"),
            Deleted = of.Flag("deleted"),
            CreatedAt = of.Time("created_at"),
            Metadata = of.Texts("metadata"),
            Volume = CinderVolume.Read(of.Object("volume")),
        };
    }
}
