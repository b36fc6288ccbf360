using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Volumes.Boot;

/// <summary>
/// The volumes of a build, made and connected (nova/compute/manager.py: _prep_block_device; nova/virt/block_device.py: _create_volume, _volume_attach). What an
/// earlier life did stands in the mappings; what it could not write down there carries the mapping's stamp.
/// </summary>
internal sealed class BootVolumes(
    Bdms bdms, ParentVolumes parent, Connecting connecting, VolumeLooks looks, VolumesOptions options, TimeProvider time, ILogger<BootVolumes> log)
{
    /// <exception cref="RpcFault">What nova would say; another host would hear the same.</exception>
    public async Task PrepareAsync(VersionedObject row, RpcContext context, Turn turn)
    {
        var uuid = row.Text("uuid")!;
        var volumes = await VolumesAsync(context, uuid, turn.Cancelled);
        foreach (var bdm in volumes.Where(bdm => bdm.Text("volume_id") is null))
        {
            await MakeAsync(row, bdm, context, turn.Cancelled);
        }

        foreach (var bdm in await VolumesAsync(context, uuid, turn.Cancelled))
        {
            if (Connection.Of(bdm) is null)
            {
                await ConnectAsync(row, bdm, context, turn);
            }
        }
    }

    async Task<IReadOnlyList<VersionedObject>> VolumesAsync(RpcContext context, string uuid, CancellationToken cancelled) =>
        [.. (await bdms.OfAsync(context.Elevated(), uuid, cancelled)).Where(Mappings.IsVolume).OrderBy(bdm => bdm.Number("id"))];

    async Task MakeAsync(VersionedObject row, VersionedObject bdm, RpcContext context, CancellationToken cancelled)
    {
        var wanted = new VolumeCreate
        {
            Size = (int?)bdm.Number("volume_size"),
            Name = bdm.Text("source_type") == "blank" ? $"{row.Text("uuid")}-blank-vol" : "",
            Description = "",
            VolumeType = bdm.Text("volume_type") ?? await TypeOfSnapshotAsync(bdm, context, cancelled),
            AvailabilityZone = options.CrossAzAttach ? null : row.Text("availability_zone"),
            SnapshotId = bdm.Text("source_type") == "snapshot" ? bdm.Text("snapshot_id") : null,
            ImageRef = bdm.Text("source_type") == "image" ? bdm.Text("image_id") : null,
        };
        var made = await parent.EnsureAsync(row, bdm.Text("uuid")!, wanted, context, cancelled);
        Log.VolumeMade(log, made.Id, row.Text("uuid")!, bdm.Text("source_type") ?? "?");
        await bdms.SaveAsync(context.Elevated(), bdm, new() { ["volume_id"] = made.Id }, cancelled);
        await parent.UnstampAsync(made.Id, context, cancelled);
    }

    /// <summary>The type of the volume that it is a snapshot of (nova/virt/block_device.py: DriverVolSnapshotBlockDevice.attach).</summary>
    async Task<string?> TypeOfSnapshotAsync(VersionedObject bdm, RpcContext context, CancellationToken cancelled)
    {
        if (bdm.Text("source_type") != "snapshot" || (await parent.SnapshotAsync(bdm.Text("snapshot_id")!, context, cancelled)).VolumeId is not { } original)
        {
            return null;
        }

        var volume = await parent.GetAsync(original, context, cancelled);
        return volume.VolumeTypeId ?? volume.VolumeType;
    }

    async Task ConnectAsync(VersionedObject row, VersionedObject bdm, RpcContext context, Turn turn)
    {
        var (uuid, id) = (row.Text("uuid")!, bdm.Text("volume_id")!);
        if (bdm.Text("source_type") != "volume")
        {
            await UntilAvailableAsync(bdm, id, context, turn);
        }

        if (bdm.Text("attachment_id") is not { } attachment)
        {
            attachment = await parent.ReserveAsync(id, uuid, context, turn.Cancelled);
            await bdms.SaveAsync(context.Elevated(), bdm, new() { ["attachment_id"] = attachment }, turn.Cancelled);
        }

        var (connection, volume) = await connecting.ConnectAsync(row, bdm, id, attachment, context, turn.Cancelled);
        var changes = new JsonObject { ["connection_info"] = connection.ToText() };
        if (bdm.Number("volume_size") is null)
        {
            changes["volume_size"] = volume.Size;
        }

        await bdms.SaveAsync(context.Elevated(), bdm, changes, turn.Cancelled);
        Log.VolumeConnected(log, id, uuid, connection.ChildVolumeId);
    }

    /// <summary>nova/compute/manager.py: _await_block_device_map_created.</summary>
    async Task UntilAvailableAsync(VersionedObject bdm, string id, RpcContext context, Turn turn)
    {
        var began = time.GetTimestamp();
        using var late = new CancellationTokenSource(options.AllocateTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, turn.Cancelled);
        try
        {
            await turn.AsideAsync(_ => looks.UntilAsync(
                async stop =>
                {
                    var seen = await parent.GetAsync(id, context, stop);
                    return seen.Status switch
                    {
                        "creating" or "downloading" => null,
                        // Reserved by an earlier life.
                        "available" or "reserved" or "attaching" => seen,
                        var other => throw NotCreated(id, began, other),
                    };
                },
                either.Token));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !turn.Cancelled.IsCancellationRequested)
        {
            await DropAsync(bdm, id, context);
            throw NotCreated(id, began, "creating");
        }
        catch (RpcFault fault) when (fault.Is("VolumeNotCreated"))
        {
            await DropAsync(bdm, id, context);
            throw;
        }
    }

    /// <summary>nova/virt/block_device.py: _call_wait_func.</summary>
    async Task DropAsync(VersionedObject bdm, string id, RpcContext context)
    {
        if (Mappings.IsKept(bdm))
        {
            return;
        }

        try
        {
            await parent.DeleteAsync(id, context, CancellationToken.None);
        }
        catch (RpcFault fault)
        {
            Log.VolumeLeft(log, fault, id, bdm.Text("instance_uuid") ?? "?", fault.Message);
        }
    }

    RpcFault NotCreated(string id, long began, string status)
    {
        var seconds = (int)time.GetElapsedTime(began).TotalSeconds;
        var attempts = options.AllocateInterval > TimeSpan.Zero ? 1 + (int)(seconds / options.AllocateInterval.TotalSeconds) : 1;
        return VolumeFaults.VolumeNotCreated(id, seconds, attempts, status);
    }
}
