using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Which attachments to list (cinder/api/v3/attachments.py: AttachmentsController.allowed_filters).</summary>
public sealed record AttachmentFilter
{
    /// <summary>Of every project; ignored for others than administrators.</summary>
    public bool AllTenants { get; init; }

    public string? VolumeId { get; init; }

    public string? InstanceId { get; init; }

    internal string ToQuery() => new Query().Add("all_tenants", AllTenants ? 1 : null).Add("volume_id", VolumeId).Add("instance_id", InstanceId).ToString();
}
