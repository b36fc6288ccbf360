using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>A volume of a server, from the moment that it was asked for (nova/api/openstack/compute/volumes.py: _translate_attachment_detail_view).</summary>
public sealed record VolumeAttachment
{
    [JsonPropertyName("volumeId")]
    public required string VolumeId { get; init; }

    [JsonPropertyName("serverId")]
    public string? ServerId { get; init; }

    public string? Device { get; init; }

    /// <summary>2.70.</summary>
    public string? Tag { get; init; }

    /// <summary>2.79.</summary>
    public bool? DeleteOnTermination { get; init; }

    /// <summary>Cinder's; 2.89.</summary>
    public string? AttachmentId { get; init; }
}

/// <summary>What to attach.</summary>
public sealed record VolumeAttach
{
    [JsonPropertyName("volumeId")]
    public required string VolumeId { get; init; }

    public string? Device { get; init; }

    /// <summary>2.49.</summary>
    public string? Tag { get; init; }

    /// <summary>2.79; false without it.</summary>
    public bool? DeleteOnTermination { get; init; }
}

internal sealed record VolumeAttachBody([property: JsonPropertyName("volumeAttachment")] VolumeAttach Attachment);

internal sealed record VolumeSwap([property: JsonPropertyName("volumeId")] string VolumeId);

internal sealed record VolumeSwapBody([property: JsonPropertyName("volumeAttachment")] VolumeSwap Attachment);

internal sealed record VolumeAttachmentBody([property: JsonPropertyName("volumeAttachment"), JsonRequired] VolumeAttachment Attachment);

internal sealed record VolumeAttachmentList([property: JsonPropertyName("volumeAttachments"), JsonRequired] List<VolumeAttachment> Attachments);
