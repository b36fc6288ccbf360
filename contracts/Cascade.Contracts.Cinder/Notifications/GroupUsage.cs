using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Notifications;

/// <summary>
/// The payload of <c>group.*</c>, from the values of the row (cinder/volume/volume_utils.py: _usage_from_group). Each volume of the group has an event
/// of its own after it, with the same suffix.
/// </summary>
public sealed record GroupUsage
{
    public required string GroupId { get; init; }

    public string? TenantId { get; init; }

    public string? UserId { get; init; }

    public string? AvailabilityZone { get; init; }

    /// <summary>The id of the type.</summary>
    public string? GroupType { get; init; }

    public string? Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Status { get; init; }

    /// <param name="suffix">For instance <c>create.start</c>.</param>
    public static string EventType(string suffix) => $"group.{suffix}";

    /// <param name="host">Of the service.</param>
    public static string PublisherId(string host) => $"group.{host}";

    public JsonObject Payload() => new()
    {
        ["tenant_id"] = TenantId,
        ["user_id"] = UserId,
        ["availability_zone"] = AvailabilityZone,
        ["group_id"] = GroupId,
        ["group_type"] = GroupType,
        ["name"] = Name,
        ["created_at"] = PythonText.Zoned(CreatedAt),
        ["status"] = Status,
    };
}
