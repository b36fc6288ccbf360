using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/volume_attachment.py: VolumeAttachment.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderVolumeAttachment(string Id, VersionedObject Raw)
{
    public string? VolumeId { get; init; }

    public string? InstanceUuid { get; init; }

    public string? AttachedHost { get; init; }

    public string? Mountpoint { get; init; }

    /// <summary>A word of <see cref="States.VolumeAttachStatus"/>.</summary>
    public string? AttachStatus { get; init; }

    public string? AttachMode { get; init; }

    public DateTimeOffset? AttachTime { get; init; }

    /// <summary>Null while it is reserved.</summary>
    public JsonObject? Connector { get; init; }

    public JsonObject? ConnectionInfo { get; init; }

    /// <summary>Null when it is none or has no id.</summary>
    public static CinderVolumeAttachment? Read(VersionedObject? of)
    {
        if (of?.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, of)
        {
            VolumeId = of.Text("volume_id"),
            InstanceUuid = of.Text("instance_uuid"),
            AttachedHost = of.Text("attached_host"),
            Mountpoint = of.Text("mountpoint"),
            AttachStatus = of.Text("attach_status"),
            AttachMode = of.Text("attach_mode"),
            AttachTime = of.Time("attach_time"),
            Connector = of.Dictionary("connector"),
            ConnectionInfo = of.Dictionary("connection_info"),
        };
    }
}
