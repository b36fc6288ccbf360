using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>
/// Tells a create that failed while the child brought an image into the volume from any other: natively the volume is there by then, and nobody else is asked to make it
/// (cinder/volume/flows/manager/create_volume.py: OnFailureRescheduleTask.no_reschedule_types).
/// </summary>
internal sealed class ImageCopies(ChildCloud child)
{
    /// <summary>What a cinder-volume tells of an image (create_volume.py: _create_from_image_cache_or_download).</summary>
    static readonly UserMessage[] Known = [UserMessages.ImageTooBig, UserMessages.ImageSignatureRefused, UserMessages.ImageFormatRefused];

    /// <summary>Natively any other failure of a copy is only in the log; a tenant who knows what failed need not guess.</summary>
    static readonly UserMessage Unknown = new(MessageAction.CopyImageToVolume, MessageDetail.UnknownError);

    /// <summary>What became of a create that the child had taken.</summary>
    public async Task<CreateFailure> FailureOfAsync(VolumeRow row, string reason, CancellationToken cancelled)
    {
        var told = await ToldAsync(row, cancelled) ?? (row.Status == VolumeStatus.Downloading ? Unknown : null);
        return told is null ? new(reason, Elsewhere: true) : new(reason, Elsewhere: false) { Told = told };
    }

    /// <summary>What the child tells its tenant, which says that it was the image, and why.</summary>
    async Task<UserMessage?> ToldAsync(VolumeRow row, CancellationToken cancelled)
    {
        if (row.ProviderId is not { Length: > 0 } childId)
        {
            return null;
        }

        try
        {
            return await child.BlockStorage.Messages.ListAsync(Scope.Own, childId, cancelled)
                .Select(said => Array.Find(Known, known => known.EventId == said.EventId))
                .FirstOrDefaultAsync(known => known is not null, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is not FaultKind.Unavailable)
        {
            // A child that says nothing, or not to us.
            return null;
        }
    }
}
