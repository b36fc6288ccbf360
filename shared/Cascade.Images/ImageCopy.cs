using Cascade.Agent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Image;
using Microsoft.Extensions.Logging;

namespace Cascade.Images;

/// <summary>One image brought from the parent's Glance to the child's, whatever an earlier life left there. Not for two at once of one image.</summary>
public sealed class ImageCopy(ParentImages parent, ChildCloud child, IImageFaults faults, ILogger log)
{
    /// <summary>Further ids are only used after so many copies of one image were removed by hand.</summary>
    const int Likely = 3;

    OpenStack.Image.Images Below => child.Cloud.Images;

    /// <returns>The child's image, active.</returns>
    public async Task<CloudImage> BringAsync(string parentId, CancellationToken cancelled)
    {
        var image = await parent.Images.FindAsync(Scope.Own, parentId, cancelled);
        var ownProject = await child.Cloud.Identity.ProjectIdAsync(Scope.Own, cancelled);
        foreach (var id in ImageMap.Ids(parentId))
        {
            if (await TryAsync(parentId, image, id, ownProject, cancelled) is { } copy)
            {
                return copy;
            }
        }

        throw faults.Failed($"image {parentId}: every id for its copy is taken in the child; an administrator of the child must purge deleted images");
    }

    /// <summary>Removes the copy of an image that is no more in the parent. One that is not there, or not ours, is left alone.</summary>
    public async Task RemoveAsync(string parentId, CancellationToken cancelled)
    {
        var ownProject = await child.Cloud.Identity.ProjectIdAsync(Scope.Own, cancelled);
        foreach (var id in ImageMap.Ids(parentId).Take(Likely))
        {
            if (await Below.FindAsync(Scope.Own, id, cancelled) is { } seen && ImageMap.IsOurs(seen, parentId, ownProject))
            {
                await DeleteAsync(id, cancelled);
            }
        }
    }

    /// <returns>Null when this id cannot be used and the next must be tried.</returns>
    async Task<CloudImage?> TryAsync(string parentId, CloudImage? image, string id, string? ownProject, CancellationToken cancelled)
    {
        var seen = await Below.FindAsync(Scope.Own, id, cancelled);
        if (seen is null)
        {
            return await CreateAsync(parentId, Needed(parentId, image), id, cancelled) is { } made ? await FillAsync(image!, made, cancelled) : null;
        }

        if (image is not null && ImageMap.IsSameRecord(image, seen))
        {
            return seen;
        }

        if (!ImageMap.IsOurs(seen, parentId, ownProject))
        {
            Log.ImageForeign(log, parentId, id);
            return null;
        }

        return await OursAsync(parentId, image, seen, cancelled);
    }

    async Task<CloudImage?> OursAsync(string parentId, CloudImage? image, CloudImage seen, CancellationToken cancelled)
    {
        switch (seen.Status)
        {
            case "active" when image is null || ImageMap.HoldsTheSame(image, seen):
                return seen;
            case "deactivated":
                throw faults.Failed($"image {parentId}: an administrator of the child deactivated its copy {seen.Id}");
            case "queued":
                // Glance puts an upload that broke off back to queued: the record is whole, the bytes are not.
                return await FillAsync(Needed(parentId, image), seen, cancelled);
            default:
                Log.ImageLeftover(log, parentId, seen.Id, seen.Status);
                await DeleteAsync(seen.Id, cancelled);
                return null;
        }
    }

    CloudImage Needed(string parentId, CloudImage? image) => image is { Status: "active" }
        ? image
        : throw faults.NotFound(parentId);

    async Task<CloudImage?> CreateAsync(string parentId, CloudImage image, string id, CancellationToken cancelled)
    {
        var kernel = await PartAsync(image, ImageMap.KernelId, cancelled);
        var ramdisk = await PartAsync(image, ImageMap.RamdiskId, cancelled);
        try
        {
            return await Below.CreateAsync(Scope.Own, ImageMap.ToCreate(image, id, kernel, ramdisk), cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            // Taken by an image that was deleted: the next id.
            return null;
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            if (await Below.FindAsync(Scope.Own, id, cancelled) is not { } there)
            {
                throw;
            }

            return there;
        }
    }

    /// <summary>A kernel or ramdisk is an image of its own, named by its id.</summary>
    async Task<string?> PartAsync(CloudImage image, string property, CancellationToken cancelled)
    {
        if (ImageMap.Property(image, property) is not { Length: > 0 } part)
        {
            return null;
        }

        return (await BringAsync(part, cancelled)).Id;
    }

    async Task<CloudImage> FillAsync(CloudImage image, CloudImage record, CancellationToken cancelled)
    {
        Log.ImageCopying(log, image.Id, record.Id, image.Size);
        using var bytes = await parent.Images.DownloadAsync(Scope.Own, image.Id, cancelled);
        await using var hashed = new HashedStream(bytes.Stream);
        await Below.UploadAsync(Scope.Own, record.Id, hashed, bytes.Length ?? image.Size, cancelled);
        var copy = await Below.GetAsync(Scope.Own, record.Id, cancelled);
        var sent = hashed.Sha512();
        if ((image.OsHashAlgo == "sha512" && image.OsHashValue != sent)
            || (copy.OsHashAlgo == "sha512" && copy.OsHashValue != sent)
            || copy.Size != hashed.Bytes
            || !ImageMap.HoldsTheSame(image, copy))
        {
            await DeleteAsync(record.Id, cancelled);
            throw faults.Failed($"image {image.Id}: what arrived in the child is not what the parent holds ({hashed.Bytes} bytes, sha512 {sent[..16]}…)");
        }

        Log.ImageCopied(log, image.Id, record.Id);
        return copy;
    }

    async Task DeleteAsync(string id, CancellationToken cancelled)
    {
        try
        {
            await Below.DeleteAsync(Scope.Own, id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }
    }
}
