using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Attachments;

/// <summary>
/// What a tenant says of a volume and only the API's database hears (cinder/api/contrib/volume_actions.py: _volume_readonly_update, _set_bootable): the child is told when it
/// begins to matter, which is when a server is about to have the volume. A volume's metadata matters to nobody there and stays here.
/// </summary>
internal sealed class ChildFlags(ChildCloud child, ILogger<ChildFlags> log)
{
    /// <param name="seen">The child's volume now.</param>
    /// <exception cref="CloudFault">It could not be made read-only.</exception>
    public async Task PassOnAsync(VolumeRow row, Volume seen, bool isReadonly, CancellationToken cancelled)
    {
        // The child enforces it only by its own flag, which it takes only while nobody has the volume.
        if (seen.Status == VolumeStatus.Available && ReadonlyFlag.IsSet(seen) != isReadonly)
        {
            await child.Volumes.UpdateReadonlyFlagAsync(Scope.Own, seen.Id, isReadonly, cancelled);
        }

        if (seen.Bootable is { } there && there != row.Bootable)
        {
            await PassOnBootableAsync(row, seen.Id, cancelled);
        }
    }

    /// <summary>A nova boots from nothing that its own cinder does not call bootable (nova/block_device.py: get_bdm_image_metadata). An attach needs no flag, and does not fail for it.</summary>
    async Task PassOnBootableAsync(VolumeRow row, string childId, CancellationToken cancelled)
    {
        try
        {
            await child.Volumes.SetBootableAsync(Scope.Own, childId, row.Bootable, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is not FaultKind.Unavailable)
        {
            Log.BootableLeft(log, fault, row.Id, fault.Message);
        }
    }
}
