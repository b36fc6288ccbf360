using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.States;

namespace Cascade.Contracts.Cinder.Notifications;

/// <summary>
/// The payload of <c>volume.*</c>, from the values of the row and of the rows that belong to it (cinder/volume/volume_utils.py: _usage_from_volume). What an
/// event says otherwise than the row (<c>size</c> of resize.*, <c>volume_type</c> of retype) is said by <c>with</c>. Volumes without a quota emit none.
/// </summary>
public sealed record VolumeUsage
{
    public required string VolumeId { get; init; }

    public string? TenantId { get; init; }

    public string? UserId { get; init; }

    /// <summary>With its pool.</summary>
    public string? Host { get; init; }

    public string? AvailabilityZone { get; init; }

    /// <summary>The id of the type, not its name.</summary>
    public string? VolumeType { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Null says now, without a zone: so do natives.</summary>
    public DateTimeOffset? LaunchedAt { get; init; }

    /// <inheritdoc cref="LaunchedAt"/>
    public DateTimeOffset? CreatedAt { get; init; }

    public required string Status { get; init; }

    public string? SnapshotId { get; init; }

    /// <summary>GiB.</summary>
    public int Size { get; init; }

    public string? ReplicationStatus { get; init; }

    public string? ReplicationExtendedStatus { get; init; }

    public string? ReplicationDriverData { get; init; }

    /// <summary>The tenant's, in the order of the rows.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    public IReadOnlyList<AttachmentUsage> Attachments { get; init; } = [];

    /// <summary>Rows of volume_glance_metadata as natives serialise them; left out when there are none.</summary>
    public IReadOnlyList<JsonObject> GlanceMetadata { get; init; } = [];

    /// <param name="suffix">For instance <c>create.start</c>.</param>
    public static string EventType(string suffix) => $"volume.{suffix}";

    /// <param name="host">Of the service; create.* and manage_existing.* have the volume's, with its pool.</param>
    public static string PublisherId(string host) => $"volume.{host}";

    /// <param name="now">For a time that the row does not have.</param>
    public JsonObject Payload(DateTimeOffset now)
    {
        var payload = new JsonObject
        {
            ["tenant_id"] = TenantId,
            ["host"] = Host,
            ["user_id"] = UserId,
            ["availability_zone"] = AvailabilityZone,
            ["volume_id"] = VolumeId,
            ["volume_type"] = VolumeType,
            ["display_name"] = DisplayName,
            ["launched_at"] = LaunchedAt is { } launched ? PythonText.Zoned(launched) : PythonText.Naive(now),
            ["created_at"] = CreatedAt is { } created ? PythonText.Zoned(created) : PythonText.Naive(now),
            ["status"] = Status == VolumeStatus.ErrorManagingDeleting ? VolumeStatus.Deleting : Status,
            ["snapshot_id"] = SnapshotId,
            ["size"] = Size,
            ["replication_status"] = ReplicationStatus,
            ["replication_extended_status"] = ReplicationExtendedStatus,
            ["replication_driver_data"] = ReplicationDriverData,
            ["metadata"] = new JsonArray([.. Metadata.Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value })]),
            ["volume_attachment"] = new JsonArray([.. Attachments.Select(attachment => attachment.ToJson())]),
        };
        if (GlanceMetadata.Count > 0)
        {
            payload["glance_metadata"] = new JsonArray([.. GlanceMetadata.Select(row => row.DeepClone())]);
        }

        return payload;
    }
}
