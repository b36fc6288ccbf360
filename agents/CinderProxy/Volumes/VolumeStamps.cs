using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes;

/// <summary>
/// Puts a stamp right. The child's cinder-backup writes the metadata of the volume that was backed up over that of the one it restores into, the stamp with it
/// (cinder/backup/driver.py: BackupMetadataAPI._restore_vol_meta), and then two say that they stand for the same.
/// </summary>
internal sealed class VolumeStamps(ChildCloud child, VolumeHost host)
{
    /// <exception cref="CloudFault">Of the child; to be tried again, nothing of the parent has been written.</exception>
    public async Task KeepAsync(VolumeRow row, Volume seen, CancellationToken cancelled)
    {
        if (Stamp.ParentOf(seen.Metadata) != row.Id || !Stamp.IsFrom(seen.Metadata, host.Service))
        {
            await child.Volumes.SetMetadataAsync(Scope.Own, seen.Id, Stamp.Of(row.Id, host.Service), cancelled);
        }
    }
}
