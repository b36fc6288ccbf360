using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Notifications;

/// <summary>
/// A row of volume_attachment within a payload of <c>volume.*</c>: natives give the row itself (cinder/db/sqlalchemy/models.py: VolumeAttachment).
/// </summary>
public sealed record AttachmentUsage(string Id, string VolumeId)
{
    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? InstanceUuid { get; init; }

    public string? AttachedHost { get; init; }

    public string? Mountpoint { get; init; }

    public DateTimeOffset? AttachTime { get; init; }

    public DateTimeOffset? DetachTime { get; init; }

    public string? AttachStatus { get; init; }

    public string? AttachMode { get; init; }

    /// <summary>The column's text, JSON in it.</summary>
    public string? ConnectionInfo { get; init; }

    /// <summary>The column's text, JSON in it.</summary>
    public string? Connector { get; init; }

    /// <summary>The row of the volume by its columns, which natives have loaded with it; left out when null.</summary>
    public JsonObject? Volume { get; init; }

    internal JsonObject ToJson()
    {
        var row = new JsonObject
        {
            ["created_at"] = PythonText.Row(CreatedAt),
            ["updated_at"] = PythonText.Row(UpdatedAt),
            ["deleted_at"] = null,
            ["deleted"] = false,
            ["id"] = Id,
            ["volume_id"] = VolumeId,
            ["instance_uuid"] = InstanceUuid,
            ["attached_host"] = AttachedHost,
            ["mountpoint"] = Mountpoint,
            ["attach_time"] = PythonText.Row(AttachTime),
            ["detach_time"] = PythonText.Row(DetachTime),
            ["attach_status"] = AttachStatus,
            ["attach_mode"] = AttachMode,
            ["connection_info"] = ConnectionInfo,
            ["connector"] = Connector,
        };
        if (Volume is not null)
        {
            row["volume"] = Volume.DeepClone();
        }

        return row;
    }
}
