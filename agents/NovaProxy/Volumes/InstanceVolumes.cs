using Cascade.Contracts.Nova.Faults;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Volumes.Boot;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Volumes;

/// <summary>
/// The disks of one instance, for whoever builds, ends, moves, shelves or rebuilds its server. In its turn. Each step may be done again: what was done stands
/// in the mappings and in Cinder.
/// </summary>
internal sealed class InstanceVolumes(Bdms bdms, ParentVolumes parent, BootVolumes boot, VolumesOptions limits, ILogger<InstanceVolumes> log)
{
    /// <summary>All mappings, as they are now.</summary>
    public Task<IReadOnlyList<VersionedObject>> OfAsync(string uuid, RpcContext context, CancellationToken cancelled) => bdms.OfAsync(context.Elevated(), uuid, cancelled);

    /// <summary>
    /// Before a server is made: every volume is made that the mappings ask for, reserved, and connected to our child. Others use our place while it waits.
    /// </summary>
    /// <exception cref="RpcFault">BuildAbortException in nova's words, or that the instance is being deleted.</exception>
    public async Task PrepareAsync(VersionedObject row, RpcContext context, Turn turn)
    {
        try
        {
            await boot.PrepareAsync(row, context, turn);
        }
        catch (RpcFault fault) when (!fault.IsGoing() && !fault.Is("BDMNotFound"))
        {
            // nova/compute/manager.py: _prep_block_device makes an InvalidBDM of it with the same text, _build_resources a BuildAbortException.
            throw NovaFaults.Nova(
                "BuildAbortException", $"Build of instance {row.Text("uuid")} aborted: {fault.Message}", 500, new() { ["reason"] = fault.Message }, fault);
        }
    }

    /// <summary>
    /// What was attached while the instance was on no host has no device name: nova-api leaves it to the compute (nova/compute/api.py: _create_volume_bdm,
    /// is_local_creation).
    /// </summary>
    public async Task NameAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var named = (await OfAsync(row.Text("uuid")!, context, cancelled)).ToList();
        foreach (var bdm in named.Where(bdm => bdm.Text("device_name") is null))
        {
            var name = DeviceNames.Next(named, bdm.Text("disk_bus"), bdm.Text("device_type"), DeviceNames.ImageOf(row), limits.MaxDisks);
            await bdms.SaveDeviceNameAsync(context.Elevated(), bdm, name, cancelled);
            bdm.Data["device_name"] = name;
        }
    }

    /// <summary>The disks of a server to be made, after <see cref="PrepareAsync"/>.</summary>
    public async Task<IReadOnlyList<BlockDevice>?> ToChildAsync(string uuid, string? image, RpcContext context, CancellationToken cancelled) =>
        BlockDeviceMap.ToChild([.. (await OfAsync(uuid, context, cancelled)).OrderBy(bdm => bdm.Number("id"))], image);

    /// <summary>The guest runs with them: they are in use. One whose attachment somebody took away meanwhile is left to him.</summary>
    /// <exception cref="RpcFault">Cinder refuses, or does not answer.</exception>
    public async Task CompleteAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        foreach (var bdm in await VolumesAsync(row.Text("uuid")!, context, cancelled))
        {
            if (bdm.Text("attachment_id") is not { } attachment)
            {
                continue;
            }

            try
            {
                await parent.CompleteAsync(attachment, context, cancelled);
            }
            catch (RpcFault gone) when (gone.Is("VolumeAttachmentNotFound"))
            {
                Log.AttachmentMissing(log, bdm.Text("volume_id") ?? "?", row.Text("uuid")!);
            }
        }
    }

    /// <summary>
    /// The server goes and another will come, here or elsewhere: each volume stays the instance's, without a connection, until <see cref="PrepareAsync"/> gives it
    /// one (nova/compute/manager.py: _terminate_volume_connections, of a resize and of shelve_offload). One that Cinder does not free keeps its connection, which
    /// holds as long as the instance comes back to this child.
    /// </summary>
    /// <exception cref="RpcFault">Cinder does not answer: to be done again.</exception>
    public async Task RenewAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        foreach (var bdm in await VolumesAsync(uuid, context, cancelled))
        {
            if (Connection.Of(bdm) is null || bdm.Text("attachment_id") is not { } old)
            {
                continue;
            }

            try
            {
                if (await parent.FindAttachmentAsync(old, context, cancelled) is { Status: "attaching" })
                {
                    // A server that did not come to be. Another attachment is reserved only beside a complete one (cinder/volume/api.py: _attachment_reserve).
                    await parent.CompleteAsync(old, context, cancelled);
                }

                var renewed = await parent.ReserveAsync(bdm.Text("volume_id")!, uuid, context, cancelled);
                await parent.DisconnectAsync(old, context, cancelled);
                await bdms.SaveAsync(context.Elevated(), bdm, new() { ["attachment_id"] = renewed }, cancelled);
            }
            catch (RpcFault refused) when (refused.InnerException is CloudFault { Kind: not FaultKind.Unavailable })
            {
                Log.VolumeLeft(log, refused, bdm.Text("volume_id")!, uuid, refused.Message);
            }
        }
    }

    /// <summary>
    /// The server is gone, or never came: the volumes are free again, and those that go with the instance are deleted if it goes for good. What Cinder refuses
    /// is said in our log and left, as native leaves it (nova/compute/manager.py: _shutdown_instance, _cleanup_volumes).
    /// </summary>
    /// <param name="forGood">False when another host builds it: the volumes wait there.</param>
    /// <param name="asked">The mappings of the message, for an instance that has none any more.</param>
    public async Task ReleaseAsync(VersionedObject row, bool forGood, VersionedObject? asked, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var volumes = await VolumesAsync(uuid, context, cancelled);
        if (volumes.Count == 0)
        {
            volumes = [.. (asked?.Objects() ?? []).Where(Mappings.IsVolume)];
        }

        foreach (var bdm in volumes.Where(bdm => bdm.Text("attachment_id") is not null))
        {
            await QuietlyAsync(() => parent.DisconnectAsync(bdm.Text("attachment_id")!, context, cancelled), bdm, uuid);
        }

        foreach (var bdm in volumes.Where(bdm => !forGood && Connection.Of(bdm) is not null))
        {
            // The next host connects for itself.
            await QuietlyAsync(() => bdms.SaveAsync(context.Elevated(), bdm, new() { ["connection_info"] = null }, cancelled), bdm, uuid);
        }

        foreach (var bdm in volumes.Where(bdm => forGood && !Mappings.IsKept(bdm)))
        {
            await QuietlyAsync(() => DeleteAsync(row, bdm, context, cancelled), bdm, uuid);
        }
    }

    async Task<IReadOnlyList<VersionedObject>> VolumesAsync(string uuid, RpcContext context, CancellationToken cancelled) =>
        [.. (await OfAsync(uuid, context, cancelled)).Where(Mappings.IsVolume)];

    /// <summary>One that was made and could not be linked any more is known by its stamp.</summary>
    async Task DeleteAsync(VersionedObject row, VersionedObject bdm, RpcContext context, CancellationToken cancelled)
    {
        var id = bdm.Text("volume_id")
            ?? (bdm.Text("uuid") is { } stamp ? (await parent.FindMadeAsync(row, stamp, context, cancelled))?.Id : null);
        if (id is not null)
        {
            await parent.DeleteAsync(id, context, cancelled);
        }
    }

    async Task QuietlyAsync(Func<Task> work, VersionedObject bdm, string uuid)
    {
        try
        {
            await work();
        }
        catch (RpcFault fault)
        {
            Log.VolumeLeft(log, fault, bdm.Text("volume_id") ?? "?", uuid, fault.Message);
        }
    }
}
