using Cascade.CinderProxy.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.OpenStack.Image;

namespace Cascade.CinderProxy.Volumes.Upload;

/// <summary>
/// Images that the child makes of volumes and that stay only until their bytes are in the parent. They are asked for in our own project, so that they are no tenant's to
/// forge or to pay for, and are known by their name: an upload takes no other mark with it (cinder/api/schemas/volume_actions.py: volume_upload_image_v31).
/// </summary>
internal sealed class VolumeImages(ChildCloud child)
{
    OpenStack.Image.Images Glance => child.Cloud.Images;

    /// <summary>The one that is there for this image of the parent, else a new one.</summary>
    /// <exception cref="CloudFault">The child refuses.</exception>
    public async Task<string> EnsureAsync(string childVolume, string parentImage, string? diskFormat, string? containerFormat, CancellationToken cancelled)
    {
        if (await FindAsync(parentImage, cancelled) is { } known)
        {
            return known.Id;
        }

        // Force, for a volume in use: the child's operator decides whether that is allowed (enable_force_upload).
        var wanted = new ImageUpload { ImageName = NameOf(parentImage), DiskFormat = diskFormat, ContainerFormat = containerFormat, Force = true };
        try
        {
            return (await child.Volumes.UploadImageAsync(Scope.Own, childVolume, wanted, cancelled)).ImageId;
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            if (await FindAsync(parentImage, CancellationToken.None) is not { } made)
            {
                throw;
            }

            return made.Id;
        }
    }

    public Task<CloudImage?> LookAsync(string id, CancellationToken cancelled) => Glance.FindAsync(Scope.Own, id, cancelled);

    /// <summary>Gone is fine.</summary>
    public async Task RemoveAsync(string parentImage, CancellationToken cancelled)
    {
        while (await FindAsync(parentImage, cancelled) is { } made)
        {
            try
            {
                await Glance.DeleteAsync(Scope.Own, made.Id, cancelled);
            }
            catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
            {
                // Gone is what we want.
            }
        }
    }

    async Task<CloudImage?> FindAsync(string parentImage, CancellationToken cancelled)
    {
        var own = await child.Cloud.Identity.ProjectIdAsync(Scope.Own, cancelled);
        var name = NameOf(parentImage);
        await foreach (var image in Glance.ListAsync(Scope.Own, new() { Owner = own, Name = name }, cancelled))
        {
            // The filters are the child's to obey; what is deleted is judged by what each image says of itself.
            if (image.Owner is not null && image.Owner == own && image.Name == name && image.Status is not ("deleted" or "pending_delete" or "killed"))
            {
                return image;
            }
        }

        return null;
    }

    static string NameOf(string parentImage) => $"cascade-volume-{parentImage}";
}
