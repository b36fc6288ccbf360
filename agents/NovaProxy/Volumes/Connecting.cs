using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Servers;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Volumes;

/// <summary>From an attachment that is reserved to the child's volume (nova/virt/block_device.py: DriverVolumeBlockDevice.attach, _volume_attach).</summary>
internal sealed class Connecting(ParentVolumes parent, ChildCloud child, VolumesOptions volumes, NovaProxyOptions options)
{
    static readonly Microversion MultiattachSince = new(2, 60);
    static readonly Microversion TagSince = new(2, 49);

    /// <exception cref="RpcFault">InvalidVolume, MultiattachNotSupportedByVirtDriver: not here. And what Cinder says.</exception>
    public async Task<(Connection Connection, Volume Volume)> ConnectAsync(
        VersionedObject row, VersionedObject bdm, string volumeId, string attachment, RpcContext context, CancellationToken cancelled)
    {
        var volume = await parent.GetAsync(volumeId, context, cancelled);
        CheckZone(row, volume);
        if (volume.Multiattach == true && !await CanAsync(MultiattachSince, cancelled))
        {
            throw VolumeFaults.MultiattachNotSupported(volumeId);
        }

        var answered = await parent.ConnectAsync(attachment, bdm.Text("device_name"), ServerLink.Of(row), context, cancelled);
        return (Connection.From(answered, volume, options.Child.RegionName), volume);
    }

    /// <summary>The child's volume behind a mapping. One that an attach did not get to write down is what Cinder answered to it.</summary>
    /// <returns>Null when it was never connected.</returns>
    public async Task<string?> FindAsync(VersionedObject bdm, RpcContext context, CancellationToken cancelled) =>
        Connection.Of(bdm)?.ChildVolumeId
        ?? (bdm.Text("attachment_id") is { } attachment
            ? (await parent.FindAttachmentAsync(attachment, context, cancelled))?.ConnectionInfo?["child_volume_id"]?.ToString()
            : null);

    /// <summary>Whether a volume may be one of several servers'.</summary>
    public Task<bool> CanMultiattachAsync(CancellationToken cancelled) => CanAsync(MultiattachSince, cancelled);

    public Task<bool> CanTagAsync(CancellationToken cancelled) => CanAsync(TagSince, cancelled);

    async Task<bool> CanAsync(Microversion version, CancellationToken cancelled) =>
        (await child.Cloud.Compute.Service.VersionsAsync(Scope.Own, cancelled)).Supports(version);

    /// <summary>nova/volume/cinder.py: check_availability_zone.</summary>
    void CheckZone(VersionedObject row, Volume volume)
    {
        var zone = row.Text("availability_zone");
        if (!volumes.CrossAzAttach && zone != volume.AvailabilityZone)
        {
            throw NovaFaults.InvalidVolume(
                $"Instance {row.Text("uuid")} and volume {volume.Id} are not in the same availability_zone. Instance is in {zone ?? "None"}. Volume is in {volume.AvailabilityZone}");
        }
    }
}
