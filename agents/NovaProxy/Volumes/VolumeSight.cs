namespace Cascade.NovaProxy.Volumes;

/// <summary>
/// A volume of a server in the child as Nova and Cinder show it together. Nova lists it from the order to attach until it is detached, or could not be
/// attached; Cinder shows it attached while the guest has it. Cinder was asked first.
/// </summary>
/// <param name="Listed">By Nova.</param>
/// <param name="Attached">By Cinder, to this server.</param>
/// <param name="Status">Cinder's; null when the volume is not there.</param>
/// <param name="Shared">Several servers may have it, so its status need not be about this one.</param>
internal sealed record VolumeSight(bool Listed, bool Attached, string? Status, bool Shared)
{
    public bool HasCome => Listed && Attached;

    /// <summary>Nothing of it is left: it was never attached, could not be, or is no more (nova/compute/manager.py: attach_volume, _detach_volume destroy the mapping last).</summary>
    public bool HasGone => !Listed && !Attached;

    /// <summary>On its way out (nova/compute/api.py: _detach_volume, begin_detaching).</summary>
    public bool IsGoing => Listed && Status == "detaching";

    /// <summary>The guest kept it (nova/virt/block_device.py: driver_detach, roll_detaching). Only to be asked after a detach was accepted.</summary>
    public bool WasKept => Listed && Attached && Status == "in-use" && !Shared;
}
