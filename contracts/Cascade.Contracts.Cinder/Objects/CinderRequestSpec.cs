using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/request_spec.py: RequestSpec, what a volume is made of. In extend, retype and manage it is a plain dictionary and not this.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderRequestSpec(VersionedObject Raw)
{
    public string? VolumeId { get; init; }

    public string? SnapshotId { get; init; }

    public string? SourceVolid { get; init; }

    /// <summary>The parent's.</summary>
    public string? ImageId { get; init; }

    public string? BackupId { get; init; }

    public string? GroupId { get; init; }

    /// <summary>Where a source is, pool included: the scheduler keeps to it.</summary>
    public string? ResourceBackend { get; init; }

    public IReadOnlyList<string>? AvailabilityZones { get; init; }

    public CinderVolumeType? VolumeType { get; init; }

    public CinderVolumeProperties? VolumeProperties { get; init; }

    /// <summary>Null when it is none.</summary>
    public static CinderRequestSpec? Read(VersionedObject? of)
    {
        if (of is null)
        {
            return null;
        }

        return new(of)
        {
            VolumeId = of.Text("volume_id"),
            SnapshotId = of.Text("snapshot_id"),
            SourceVolid = of.Text("source_volid"),
            ImageId = of.Text("image_id"),
            BackupId = of.Text("backup_id"),
            GroupId = of.Text("group_id"),
            ResourceBackend = of.Text("resource_backend"),
            AvailabilityZones = of.List("availability_zones"),
            VolumeType = CinderVolumeType.Read(of.Object("volume_type")),
            VolumeProperties = CinderVolumeProperties.Read(of.Object("volume_properties")),
        };
    }
}
