using Cascade.Images;
using Cascade.NovaProxy.Volumes;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Rebuild;

/// <summary>
/// A volume of the parent whose child volume got another image by the rebuild of a server says so, as one that Cinder has written an image over (cinder/volume/manager.py:
/// reimage; volume/volume_utils.py: get_volume_image_metadata); nova-api compares the next rebuild's image with it. May be done again.
/// </summary>
internal sealed class ReimagedVolume(InstanceVolumes volumes, ParentVolumes parent, ParentImages images, ILogger<ReimagedVolume> log)
{
    const string ImageKey = "image_id";

    /// <param name="row">Rebuilt; nova-api wrote the image into it (nova/compute/api.py: rebuild, _reset_image_metadata).</param>
    /// <exception cref="RpcFault">The parent's Cinder does not answer: to be done again.</exception>
    public async Task TellAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        if (row.Data["system_metadata"]?["image_base_image_ref"]?.ToString() is not { Length: > 0 } image
            || (await volumes.OfAsync(uuid, context, cancelled)).FirstOrDefault(bdm => Mappings.IsRoot(bdm) && Mappings.IsVolume(bdm))?.Text("volume_id") is not { } volume)
        {
            return;
        }

        try
        {
            await TellAsync(volume, image, context, cancelled);
        }
        catch (Exception refused) when (refused is CloudFault || refused is RpcFault { InnerException: CloudFault { Kind: not FaultKind.Unavailable } })
        {
            Log.ImageNotNoted(log, refused, volume, uuid, image, refused.Message);
        }
    }

    async Task TellAsync(string volume, string image, RpcContext context, CancellationToken cancelled)
    {
        var before = (await parent.GetAsync(volume, context, cancelled)).VolumeImageMetadata;
        if (before?.GetValueOrDefault(ImageKey) == image)
        {
            return;
        }

        // What has no value is no word.
        var now = await images.Images.FindAsync(Scope.Own, image, cancelled) is { } record
            ? ImageMetadata.Of(record).Where(item => item.Value is not null).ToDictionary(item => item.Key, item => item.Value!, StringComparer.Ordinal)
            : new() { [ImageKey] = image };
        await parent.NoteImageAsync(volume, now, (before ?? new Dictionary<string, string>()).Keys.Except(now.Keys, StringComparer.Ordinal), context, cancelled);
    }
}
