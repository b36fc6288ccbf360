using Cascade.Contracts.Nova.Faults;
using Cascade.OpenStack;
using Cascade.OpenStack.Image;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Images;

/// <summary>How a snapshot came into the parent.</summary>
internal enum SnapshotArrival
{
    /// <summary>The parent's image is active and holds what the child made.</summary>
    There,

    /// <summary>The parent's image was deleted meanwhile: nobody wants it.</summary>
    Unwanted,

    /// <summary>Bytes that somebody sends, or sent until he died, keep us from sending ours.</summary>
    Busy,
}

/// <summary>The bytes of one image of the child brought into the record that the parent has queued, whatever an earlier life left there. Not for two at once of one image.</summary>
internal sealed class SnapshotCopy(ParentImages parent, ChildCloud child, ILogger<SnapshotCopy> log)
{
    /// <summary>A stream cannot be repeated by the HTTP layer: it is begun anew here.</summary>
    const int Attempts = 3;

    /// <param name="made">The child's image, active.</param>
    /// <param name="parentId">The parent's image.</param>
    /// <param name="projectId">Whose instance it was made of.</param>
    /// <exception cref="CloudFault">Either Glance refuses.</exception>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">What arrived is not what was sent.</exception>
    public async Task<SnapshotArrival> BringAsync(CloudImage made, string parentId, string? projectId, CancellationToken cancelled)
    {
        for (var attempt = 1; ; attempt++)
        {
            var record = await parent.Images.FindAsync(Scope.Own, parentId, cancelled);
            switch (record?.Status)
            {
                case null or "deleted" or "pending_delete":
                    return SnapshotArrival.Unwanted;
                case "active":
                    Check(made, record, null);
                    return SnapshotArrival.There;
                case "queued":
                    break;
                case "saving":
                    return SnapshotArrival.Busy;
                default:
                    throw NovaFaults.Failed($"image {parentId} is {record.Status} in the parent and takes no bytes");
            }

            try
            {
                return await FillAsync(made, record, projectId, cancelled);
            }
            catch (CloudFault fault) when (MayBeOver(fault) || (attempt < Attempts && IsPassing(fault)))
            {
                if (await parent.Images.FindAsync(Scope.Own, parentId, cancelled) is null)
                {
                    Log.SnapshotUnwanted(log, fault, parentId);
                    return SnapshotArrival.Unwanted;
                }

                if (attempt >= Attempts || !IsPassing(fault))
                {
                    throw;
                }

                Log.SnapshotBroke(log, fault, parentId, fault.Message);
            }
        }
    }

    /// <summary>What Glance says of an image that is deleted while its bytes come (glance/api/v2/image_data.py: upload: 404, 410).</summary>
    static bool MayBeOver(CloudFault fault) => fault.Status is 404 or 409 or 410;

    static bool IsPassing(CloudFault fault) => fault.ResultUnknown || fault.Kind is FaultKind.Unavailable;

    async Task<SnapshotArrival> FillAsync(CloudImage made, CloudImage record, string? projectId, CancellationToken cancelled)
    {
        Log.SnapshotSending(log, made.Id, record.Id, made.Size);
        // Formats first: Glance takes no bytes of a record without (nova/virt/libvirt/driver.py: _create_snapshot_metadata, image_api.update).
        await parent.Images.PatchAsync(Scope.Own, record.Id, ToRecord(made, record, projectId), cancelled);
        using var bytes = await child.Cloud.Images.DownloadAsync(Scope.Own, made.Id, cancelled);
        await using var hashed = new HashedStream(bytes.Stream);
        await parent.Images.UploadAsync(Scope.Own, record.Id, hashed, bytes.Length ?? made.Size, cancelled);
        Check(made, await parent.Images.GetAsync(Scope.Own, record.Id, cancelled), hashed);
        Log.SnapshotSent(log, made.Id, record.Id, hashed.Bytes);
        return SnapshotArrival.There;
    }

    /// <exception cref="Oslo.Wire.Failures.RpcFault">The parent holds something else.</exception>
    static void Check(CloudImage made, CloudImage arrived, HashedStream? hashed)
    {
        if ((hashed is not null && made.OsHashAlgo == "sha512" && made.OsHashValue != hashed.Sha512())
            || (hashed is not null && arrived.OsHashAlgo == "sha512" && arrived.OsHashValue != hashed.Sha512())
            || !ImageMap.HoldsTheSame(made, arrived))
        {
            throw NovaFaults.Failed($"image {arrived.Id}: what arrived in the parent is not what the child made ({arrived.Size} of {made.Size} bytes)");
        }
    }

    /// <summary>
    /// What native says of a snapshot when it sends the bytes; everything else nova-api has said already, even what is only for us: it makes an image's
    /// properties of all of the instance's system metadata (nova/utils.py: get_image_from_system_metadata), and an image is the tenant's.
    /// </summary>
    static List<ImagePatch> ToRecord(CloudImage made, CloudImage record, string? projectId)
    {
        var steps = new List<ImagePatch>
        {
            ImagePatch.Set("container_format", made.ContainerFormat ?? "bare"),
            ImagePatch.Set("disk_format", made.DiskFormat ?? "qcow2"),
            ImagePatch.Set("image_location", "snapshot"),
            ImagePatch.Set("image_state", "available"),
        };
        if (projectId is not null)
        {
            steps.Add(ImagePatch.Set("owner_id", projectId));
        }

        steps.AddRange((record.Properties ?? []).Keys.Where(name => name.StartsWith("cascade_", StringComparison.Ordinal)).Select(ImagePatch.Remove));
        return steps;
    }
}
