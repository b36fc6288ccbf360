using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Snapshots;
using Cascade.CinderProxy.Volumes.Delete;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>
/// Gives something up without deleting it: the child keeps it, without our stamp, so that nothing of ours ever takes it for an orphan; the parent's row goes and its quota
/// with it (cinder/volume/manager.py: delete_volume and delete_snapshot with unmanage_only).
/// </summary>
internal sealed class Unmanaging(ChildCloud child, Deletion deletion, SnapshotRemoval removal, Refusals refusals)
{
    /// <exception cref="Oslo.Messaging.Rpc.ParkException">The child is away.</exception>
    public async Task VolumeAsync(VolumeRow row, RpcContext? context, CancellationToken cancelled)
    {
        await UnstampAsync(row.ProviderId, (id, key, stop) => child.Volumes.DeleteMetadataAsync(Scope.Own, id, key, stop), cancelled);
        await deletion.EndAsync(row, context, cancelled);
    }

    /// <inheritdoc cref="VolumeAsync"/>
    public async Task SnapshotAsync(SnapshotRow row, RpcContext? context, CancellationToken cancelled)
    {
        await UnstampAsync(row.ProviderId, (id, key, stop) => child.Snapshots.DeleteMetadataAsync(Scope.Own, id, key, stop), cancelled);
        await removal.EndAsync(row, context, cancelled);
    }

    async Task UnstampAsync(string? childId, Func<string, string, CancellationToken, Task> remove, CancellationToken cancelled)
    {
        if (childId is not { Length: > 0 })
        {
            return;
        }

        foreach (var key in new[] { VolumeStamp.Host, VolumeStamp.Parent })
        {
            try
            {
                await remove(childId, key, cancelled);
            }
            catch (CloudFault gone) when (gone.Kind is FaultKind.NotFound)
            {
                // Not stamped (it was managed, not made), or not there.
            }
            catch (CloudFault fault)
            {
                await refusals.ParkIfAwayAsync(fault, cancelled);
                throw;
            }
        }
    }
}
