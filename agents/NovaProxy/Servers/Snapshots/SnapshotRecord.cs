using Cascade.OpenStack.Image;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>The parent's record of a snapshot, before its bytes come (pure). Formats first: Glance takes no bytes of a record without (nova/virt/libvirt/driver.py: _create_snapshot_metadata, image_api.update).</summary>
internal static class SnapshotRecord
{
    /// <summary>
    /// What native says of a snapshot when it sends the bytes; everything else nova-api has said already, even what is only for us: it makes an image's
    /// properties of all of the instance's system metadata (nova/utils.py: get_image_from_system_metadata), and an image is the tenant's.
    /// </summary>
    public static IReadOnlyList<ImagePatch> Steps(CloudImage made, CloudImage record, string? projectId)
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
