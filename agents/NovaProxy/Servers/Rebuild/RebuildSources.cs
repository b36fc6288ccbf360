using Cascade.Contracts.Nova.Compute;
using Cascade.Images;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Volumes;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Rebuild;

/// <summary>What the child's server is made anew from.</summary>
/// <param name="ImageId">The child's.</param>
/// <param name="ReimagesVolume">Of one that boots from a volume: whether the image is written over it, or it stays as it is; null of any other.</param>
internal sealed record RebuildSource(string ImageId, bool? ReimagesVolume);

/// <summary>
/// Brings to the child what a server is rebuilt from. Where it boots from a volume the child's Nova does with the child's volume what a native compute does with the parent's
/// (nova/compute/manager.py: _rebuild_volume_backed_instance), in its one order.
/// </summary>
internal sealed class RebuildSources(InstanceVolumes volumes, ChildCloud child, ChildImages images, ServerRefusals refusals)
{
    const string ImageKey = "image_id";

    /// <exception cref="Oslo.Wire.Failures.RpcFault">The child, or the parent's Glance, refuses.</exception>
    public async Task<RebuildSource> BringAsync(RebuildInstance call, VersionedObject row, RpcContext context, Turn turn)
    {
        var mappings = await volumes.OfAsync(row.Text("uuid")!, context, turn.Cancelled);
        var image = call.ImageRef is { Length: > 0 } asked ? asked : row.Text("image_ref")!;
        return await refusals.AskAsync(
            "bringing the image to the child",
            async () =>
            {
                var brought = await turn.AsideAsync(cancelled => images.EnsureAsync(image, ChildCloud.ProjectOf(row), cancelled));
                if (!Mappings.IsVolumeBacked(mappings))
                {
                    return new RebuildSource(brought, null);
                }

                if (call.ReimageBootVolume is not true && mappings.Where(Mappings.IsRoot).Select(Connection.Of).FirstOrDefault() is { } root)
                {
                    await NoteAsync(root.ChildVolumeId, brought, turn.Cancelled);
                }

                return new RebuildSource(brought, call.ReimageBootVolume is true);
            },
            turn.Cancelled);
    }

    /// <summary>
    /// A child lets a server keep the volume that it boots from only when asked for the very image that it says is in it (nova/compute/api.py: rebuild). That the image
    /// is the same the parent's nova-api has checked; the child's copy of it may be another than when the volume was made.
    /// </summary>
    async Task NoteAsync(string volume, string image, CancellationToken cancelled)
    {
        var seen = await child.Cloud.BlockStorage.Volumes.GetAsync(Scope.Own, volume, cancelled);
        if (seen.VolumeImageMetadata?.GetValueOrDefault(ImageKey) != image)
        {
            var note = new Dictionary<string, string>(StringComparer.Ordinal) { [ImageKey] = image };
            await child.Cloud.BlockStorage.Volumes.SetImageMetadataAsync(Scope.Own, volume, note, cancelled);
        }
    }
}
