using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Notifications;

/// <summary>The payload of <c>backup.*</c>, from the values of the row (cinder/volume/volume_utils.py: _usage_from_backup).</summary>
public sealed record BackupUsage
{
    public required string BackupId { get; init; }

    public required string VolumeId { get; init; }

    public string? TenantId { get; init; }

    public string? UserId { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? Host { get; init; }

    public string? DisplayName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? Status { get; init; }

    /// <summary>GiB.</summary>
    public int Size { get; init; }

    public string? ServiceMetadata { get; init; }

    public string? Service { get; init; }

    public string? FailReason { get; init; }

    public string? ParentId { get; init; }

    public int? NumDependentBackups { get; init; }

    public string? SnapshotId { get; init; }

    /// <param name="suffix">For instance <c>create.start</c>.</param>
    public static string EventType(string suffix) => $"backup.{suffix}";

    /// <param name="host">Of the service.</param>
    public static string PublisherId(string host) => $"backup.{host}";

    public JsonObject Payload() => new()
    {
        ["tenant_id"] = TenantId,
        ["user_id"] = UserId,
        ["availability_zone"] = AvailabilityZone,
        ["backup_id"] = BackupId,
        ["host"] = Host,
        ["display_name"] = DisplayName,
        ["created_at"] = PythonText.Zoned(CreatedAt),
        ["status"] = Status,
        ["volume_id"] = VolumeId,
        ["size"] = Size,
        ["service_metadata"] = ServiceMetadata,
        ["service"] = Service,
        ["fail_reason"] = FailReason,
        ["parent_id"] = ParentId,
        ["num_dependent_backups"] = NumDependentBackups,
        ["snapshot_id"] = SnapshotId,
    };
}
