using Cascade.Images;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Snapshots;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>The snapshot that a shelved instance came from: not wanted any more once it runs (nova/compute/manager.py: _delete_snapshot_of_shelved_instance).</summary>
internal sealed class ShelvedImages(SnapshotImages parent, ChildImages child, ILogger<ShelvedImages> log)
{
    /// <summary>In the parent, and our copy of it in the child. Never fails, as natively.</summary>
    public async Task DeleteAsync(VersionedObject row, CancellationToken cancelled)
    {
        if (ShelvedKeys.ImageOf(row) is not { } image)
        {
            return;
        }

        await parent.DeleteAsync(image, cancelled);
        try
        {
            await child.RemoveAsync(image, cancelled);
        }
        catch (CloudFault fault)
        {
            Log.ImageLeft(log, fault, image, fault.Message);
        }
    }
}
