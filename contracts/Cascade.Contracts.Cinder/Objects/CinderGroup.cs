using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/group.py: Group.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderGroup(string Id, VersionedObject Raw)
{
    /// <summary><c>hostname@backend#pool</c>.</summary>
    public string? Host { get; init; }

    public string? ProjectId { get; init; }

    public string? UserId { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? GroupTypeId { get; init; }

    public IReadOnlyList<string>? VolumeTypeIds { get; init; }

    /// <summary>A word of <see cref="States.GroupStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary>What it was made of, as is <c>source_group_id</c>.</summary>
    public string? GroupSnapshotId { get; init; }

    public string? SourceGroupId { get; init; }

    public string? ReplicationStatus { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null when not loaded.</summary>
    public IReadOnlyList<CinderVolume>? Volumes { get; init; }

    /// <summary>Null when it is none or has no id.</summary>
    public static CinderGroup? Read(VersionedObject? of)
    {
        if (of?.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, of)
        {
            Host = of.Text("host"),
            ProjectId = of.Text("project_id"),
            UserId = of.Text("user_id"),
            AvailabilityZone = of.Text("availability_zone"),
            Name = of.Text("name"),
            Description = of.Text("description"),
            GroupTypeId = of.Text("group_type_id"),
            VolumeTypeIds = of.List("volume_type_ids"),
            Status = of.Text("status"),
            GroupSnapshotId = of.Text("group_snapshot_id"),
            SourceGroupId = of.Text("source_group_id"),
            ReplicationStatus = of.Text("replication_status"),
            CreatedAt = of.Time("created_at"),
            Volumes = of.Each("volumes", CinderVolume.Read),
        };
    }
}
