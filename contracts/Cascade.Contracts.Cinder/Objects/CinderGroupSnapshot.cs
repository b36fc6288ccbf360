using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/group_snapshot.py: GroupSnapshot.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderGroupSnapshot(string Id, VersionedObject Raw)
{
    public string? GroupId { get; init; }

    public string? ProjectId { get; init; }

    public string? UserId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>A word of <see cref="States.GroupSnapshotStatus"/>.</summary>
    public string? Status { get; init; }

    public string? GroupTypeId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null when not loaded.</summary>
    public CinderGroup? Group { get; init; }

    /// <summary>Null when not loaded.</summary>
    public IReadOnlyList<CinderSnapshot>? Snapshots { get; init; }

    /// <summary>Null when it is none or has no id.</summary>
    public static CinderGroupSnapshot? Read(VersionedObject? of)
    {
        if (of?.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, of)
        {
            GroupId = of.Text("group_id"),
            ProjectId = of.Text("project_id"),
            UserId = of.Text("user_id"),
            Name = of.Text("name"),
            Description = of.Text("description"),
            Status = of.Text("status"),
            GroupTypeId = of.Text("group_type_id"),
            CreatedAt = of.Time("created_at"),
            Group = CinderGroup.Read(of.Object("group")),
            Snapshots = of.Each("snapshots", CinderSnapshot.Read),
        };
    }
}
