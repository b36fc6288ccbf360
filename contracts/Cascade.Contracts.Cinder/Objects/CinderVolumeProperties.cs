using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/request_spec.py: VolumeProperties.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderVolumeProperties(VersionedObject Raw)
{
    /// <summary>GiB.</summary>
    public int? Size { get; init; }

    public string? DisplayName { get; init; }

    public string? DisplayDescription { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? ProjectId { get; init; }

    public string? UserId { get; init; }

    public string? Status { get; init; }

    public string? AttachStatus { get; init; }

    public string? VolumeTypeId { get; init; }

    public string? SnapshotId { get; init; }

    public string? SourceVolid { get; init; }

    public string? EncryptionKeyId { get; init; }

    public string? GroupId { get; init; }

    public bool? Multiattach { get; init; }

    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    public IReadOnlyDictionary<string, string?>? QosSpecs { get; init; }

    /// <summary>Committed already.</summary>
    public IReadOnlyList<string>? Reservations { get; init; }

    /// <summary>Null when it is none.</summary>
    public static CinderVolumeProperties? Read(VersionedObject? of)
    {
        if (of is null)
        {
            return null;
        }

        return new(of)
        {
            Size = of.Whole("size"),
            DisplayName = of.Text("display_name"),
            DisplayDescription = of.Text("display_description"),
            AvailabilityZone = of.Text("availability_zone"),
            ProjectId = of.Text("project_id"),
            UserId = of.Text("user_id"),
            Status = of.Text("status"),
            AttachStatus = of.Text("attach_status"),
            VolumeTypeId = of.Text("volume_type_id"),
            SnapshotId = of.Text("snapshot_id"),
            SourceVolid = of.Text("source_volid"),
            EncryptionKeyId = of.Text("encryption_key_id"),
            GroupId = of.Text("group_id"),
            Multiattach = of.Flag("multiattach"),
            Metadata = of.Texts("metadata"),
            QosSpecs = of.Texts("qos_specs"),
            Reservations = of.List("reservations"),
        };
    }
}
