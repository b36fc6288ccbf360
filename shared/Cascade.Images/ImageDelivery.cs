using Cascade.Agent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Image;
using Microsoft.Extensions.Logging;

namespace Cascade.Images;

/// <summary>How an image of the child came into the parent.</summary>
public enum Delivered
{
    /// <summary>The parent's image is active and holds what the child made.</summary>
    There,

    /// <summary>The parent's image was deleted meanwhile: nobody wants it.</summary>
    Unwanted,

    /// <summary>Bytes that somebody sends, or sent until he died, keep us from sending ours.</summary>
    Busy,
}

/// <summary>The bytes of one image of the child brought into the record that the parent has queued, whatever an earlier life left there. Not for two at once of one image.</summary>
public sealed class ImageDelivery(ParentImages parent, ChildCloud child, IImageFaults faults, ILogger<ImageDelivery> log)
{
    /// <summary>A stream cannot be repeated by the HTTP layer: it is begun anew here.</summary>
    const int Attempts = 3;

    /// <param name="made">The child's image, active.</param>
    /// <param name="parentId">The parent's image.</param>
    /// <param name="toRecord">What is to be said in the record before its bytes come; nothing when it is said already.</param>
    /// <exception cref="CloudFault">Either Glance refuses.</exception>
    /// <exception cref="Exception">What arrived is not what was sent.</exception>
    public async Task<Delivered> BringAsync(CloudImage made, string parentId, Func<CloudImage, IReadOnlyList<ImagePatch>> toRecord, CancellationToken cancelled)
    {
        for (var attempt = 1; ; attempt++)
        {
            var record = await parent.Images.FindAsync(Scope.Own, parentId, cancelled);
            switch (record?.Status)
            {
                case null or "deleted" or "pending_delete":
                    return Delivered.Unwanted;
                case "active":
                    Check(made, record, null);
                    return Delivered.There;
                case "queued":
                    break;
                case "saving":
                    return Delivered.Busy;
                default:
                    throw faults.Failed($"image {parentId} is {record.Status} in the parent and takes no bytes");
            }

            try
            {
                return await FillAsync(made, record, toRecord, cancelled);
            }
            catch (CloudFault fault) when (MayBeOver(fault) || (attempt < Attempts && IsPassing(fault)))
            {
                if (await parent.Images.FindAsync(Scope.Own, parentId, cancelled) is null)
                {
                    Log.Unwanted(log, fault, parentId);
                    return Delivered.Unwanted;
                }

                if (attempt >= Attempts || !IsPassing(fault))
                {
                    throw;
                }

                Log.Broke(log, fault, parentId, fault.Message);
            }
        }
    }

    /// <summary>What Glance says of an image that is deleted while its bytes come (glance/api/v2/image_data.py: upload: 404, 410).</summary>
    static bool MayBeOver(CloudFault fault) => fault.Status is 404 or 409 or 410;

    static bool IsPassing(CloudFault fault) => fault.ResultUnknown || fault.Kind is FaultKind.Unavailable;

    async Task<Delivered> FillAsync(CloudImage made, CloudImage record, Func<CloudImage, IReadOnlyList<ImagePatch>> toRecord, CancellationToken cancelled)
    {
        Log.Sending(log, made.Id, record.Id, made.Size);
        if (toRecord(record) is { Count: > 0 } steps)
        {
            await parent.Images.PatchAsync(Scope.Own, record.Id, steps, cancelled);
        }

        using var bytes = await child.Cloud.Images.DownloadAsync(Scope.Own, made.Id, cancelled);
        await using var hashed = new HashedStream(bytes.Stream);
        await parent.Images.UploadAsync(Scope.Own, record.Id, hashed, bytes.Length ?? made.Size, cancelled);
        Check(made, await parent.Images.GetAsync(Scope.Own, record.Id, cancelled), hashed);
        Log.Sent(log, made.Id, record.Id, hashed.Bytes);
        return Delivered.There;
    }

    /// <exception cref="Exception">The parent holds something else.</exception>
    void Check(CloudImage made, CloudImage arrived, HashedStream? hashed)
    {
        if ((hashed is not null && made.OsHashAlgo == "sha512" && made.OsHashValue != hashed.Sha512())
            || (hashed is not null && arrived.OsHashAlgo == "sha512" && arrived.OsHashValue != hashed.Sha512())
            || !ImageMap.HoldsTheSame(made, arrived))
        {
            throw faults.Failed($"image {arrived.Id}: what arrived in the parent is not what the child made ({arrived.Size} of {made.Size} bytes)");
        }
    }
}
