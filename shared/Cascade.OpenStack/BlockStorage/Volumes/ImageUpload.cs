namespace Cascade.OpenStack.BlockStorage;

/// <summary>An image to make of a volume (cinder/api/schemas/volume_actions.py: volume_upload_image_v31).</summary>
public sealed record ImageUpload
{
    public required string ImageName { get; init; }

    /// <summary>Null is <c>raw</c>, the only one for an encrypted volume.</summary>
    public string? DiskFormat { get; init; }

    /// <summary>Null is <c>bare</c>.</summary>
    public string? ContainerFormat { get; init; }

    /// <summary>Also of a volume in use; without effect where <c>enable_force_upload</c> is off, which is its default.</summary>
    public bool? Force { get; init; }

    /// <summary>3.1; null is <c>private</c>.</summary>
    public string? Visibility { get; init; }

    /// <summary>3.1.</summary>
    public bool? Protected { get; init; }
}

/// <summary>The image that is being made (cinder/volume/api.py: copy_volume_to_image).</summary>
public sealed record UploadedImage
{
    /// <summary>Glance's; a new one each time.</summary>
    public required string ImageId { get; init; }

    public string? ImageName { get; init; }

    public string? DiskFormat { get; init; }

    public string? ContainerFormat { get; init; }

    /// <summary>Of the volume: <c>uploading</c>.</summary>
    public string? Status { get; init; }

    /// <summary>GiB of the volume.</summary>
    public int? Size { get; init; }
}
