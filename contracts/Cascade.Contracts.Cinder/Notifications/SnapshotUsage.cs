using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Notifications;

/// <summary>The payload of <c>snapshot.*</c>, from the values of the row and of its volume's (cinder/volume/volume_utils.py: _usage_from_snapshot).</summary>
public sealed record SnapshotUsage
{
    public required string SnapshotId { get; init; }

    public required string VolumeId { get; init; }

    public string? TenantId { get; init; }

    public string? UserId { get; init; }

    /// <summary>The volume's, even of a deleted one.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>GiB.</summary>
    public int VolumeSize { get; init; }

    public string? DisplayName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Status { get; init; }

    public bool Deleted { get; init; }

    /// <summary>The tenant's, in the order of the rows.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <param name="suffix">For instance <c>create.start</c>.</param>
    public static string EventType(string suffix) => $"snapshot.{suffix}";

    /// <param name="host">Of the service.</param>
    public static string PublisherId(string host) => $"snapshot.{host}";

    public JsonObject Payload() => new()
    {
        ["tenant_id"] = TenantId,
        ["user_id"] = UserId,
        ["availability_zone"] = AvailabilityZone,
        ["volume_id"] = VolumeId,
        ["volume_size"] = VolumeSize,
        ["snapshot_id"] = SnapshotId,
        ["display_name"] = DisplayName,
        ["created_at"] = PythonText.Zoned(CreatedAt),
        ["status"] = Status,
        ["deleted"] = Deleted ? "True" : "",
        ["metadata"] = PythonText.Dictionary(Metadata),
    };
}
