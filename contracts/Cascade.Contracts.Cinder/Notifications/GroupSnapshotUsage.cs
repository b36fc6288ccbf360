using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Notifications;

/// <summary>
/// The payload of <c>group_snapshot.*</c>, from the values of the row (cinder/volume/volume_utils.py: _usage_from_group_snapshot). Each snapshot has an event
/// of its own after it, with the same suffix.
/// </summary>
public sealed record GroupSnapshotUsage
{
    public required string GroupSnapshotId { get; init; }

    public required string GroupId { get; init; }

    public string? TenantId { get; init; }

    public string? UserId { get; init; }

    /// <summary>The id of the type.</summary>
    public string? GroupType { get; init; }

    public string? Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Status { get; init; }

    /// <param name="suffix">For instance <c>create.start</c>.</param>
    public static string EventType(string suffix) => $"group_snapshot.{suffix}";

    /// <param name="host">Of the service.</param>
    public static string PublisherId(string host) => $"group_snapshot.{host}";

    public JsonObject Payload() => new()
    {
        ["tenant_id"] = TenantId,
        ["user_id"] = UserId,
        ["group_snapshot_id"] = GroupSnapshotId,
        ["name"] = Name,
        ["group_id"] = GroupId,
        ["group_type"] = GroupType,
        ["created_at"] = PythonText.Zoned(CreatedAt),
        ["status"] = Status,
    };
}
