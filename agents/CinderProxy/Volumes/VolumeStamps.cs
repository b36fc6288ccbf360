using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes;

/// <summary>
/// Puts a stamp right, or takes it off. The child's cinder-backup writes the metadata of the volume that was backed up over that of the one it restores into, the stamp with it
/// (cinder/backup/driver.py: BackupMetadataAPI._restore_vol_meta), and then two say that they stand for the same.
/// </summary>
internal sealed class VolumeStamps(ChildCloud child, VolumeBook book, VolumeHost host)
{
    /// <exception cref="CloudFault">Of the child; to be tried again, nothing of the parent has been written.</exception>
    public async Task KeepAsync(VolumeRow row, Volume seen, CancellationToken cancelled)
    {
        if (Stamp.ParentOf(seen.Metadata) != row.Id || !Stamp.IsFrom(seen.Metadata, host.Service))
        {
            await child.Volumes.SetMetadataAsync(Scope.Own, seen.Id, Stamp.Of(row.Id, host.Service), cancelled);
        }
    }

    /// <summary>Off whatever carries the stamp of a row that stands for nothing; what another row links to keeps what it has.</summary>
    /// <inheritdoc cref="KeepAsync" path="/exception"/>
    public async Task TakeOffAsync(string parentId, CancellationToken cancelled)
    {
        var filter = new VolumeFilter { AllTenants = true, Metadata = (Stamp.Parent, parentId) };
        // The filters are the child's to obey.
        var stamped = await child.Volumes.ListAsync(Scope.Own, filter, cancelled)
            .Where(seen => Stamp.ParentOf(seen.Metadata) == parentId && book.ParentOf(seen.Id) is null)
            .ToListAsync(cancelled);
        foreach (var seen in stamped)
        {
            await Stamp.RemoveAsync(seen.Id, (id, key, stop) => child.Volumes.DeleteMetadataAsync(Scope.Own, id, key, stop), cancelled);
        }
    }
}
