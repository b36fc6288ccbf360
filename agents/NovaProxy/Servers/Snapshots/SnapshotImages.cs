using Cascade.Images;
using Cascade.OpenStack;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>What is cleared away of a snapshot in either Glance.</summary>
internal sealed class SnapshotImages(ParentImages parent, ChildSnapshots child, ILogger<SnapshotImages> log)
{
    /// <summary>Of the parent's image; null when there is none.</summary>
    /// <exception cref="CloudFault">The parent's Glance does not say.</exception>
    public async Task<string?> StatusAsync(string imageId, CancellationToken cancelled) =>
        (await parent.Images.FindAsync(Scope.Own, imageId, cancelled))?.Status;

    /// <summary>The child's image; it was only the way. What cannot go now is the reaper's.</summary>
    public async Task ClearChildAsync(string imageId, CancellationToken cancelled)
    {
        try
        {
            await child.RemoveAsync(imageId, cancelled);
        }
        catch (CloudFault fault)
        {
            Log.ImageLeft(log, fault, ChildSnapshots.NameOf(imageId), fault.Message);
        }
    }

    /// <summary>The record that nova-api has queued (nova/compute/manager.py: delete_image_on_error). Never fails.</summary>
    public async Task DeleteAsync(string imageId, CancellationToken cancelled)
    {
        try
        {
            await parent.Images.DeleteAsync(Scope.Own, imageId, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }
        catch (CloudFault fault)
        {
            Log.ImageLeft(log, fault, imageId, fault.Message);
        }
    }

    /// <summary>As native does when the instance disappears: what is whole stays, anything else goes (nova/compute/manager.py: _snapshot_instance).</summary>
    public async Task DeleteUnfinishedAsync(string imageId, CancellationToken cancelled)
    {
        try
        {
            if (await StatusAsync(imageId, cancelled) is null or "active")
            {
                return;
            }
        }
        catch (CloudFault fault)
        {
            Log.ImageLeft(log, fault, imageId, fault.Message);
            return;
        }

        await DeleteAsync(imageId, cancelled);
    }
}
