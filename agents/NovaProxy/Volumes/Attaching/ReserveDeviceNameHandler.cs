using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Volumes.Attaching;

/// <summary>
/// reserve_block_device_name: what comes first of an attach, and the only step whose refusal a tenant hears as an HTTP status, before anything is reserved
/// (nova/compute/api.py: _attach_volume). It makes the mapping, with the device name, in the instance's turn.
/// </summary>
internal sealed class ReserveDeviceNameHandler(
    KeyedQueue queue,
    Instances instances,
    InstanceFaults faults,
    Bdms bdms,
    ParentVolumes parent,
    Connecting connecting,
    VolumesOptions options,
    IChildHealth health,
    ILogger<ReserveDeviceNameHandler> log) : IHandle<ReserveBlockDeviceName>
{
    /// <summary>Beyond so many everything is forgotten: a request that comes again then is answered as after a restart.</summary>
    const int Most = 4096;

    /// <summary>Mappings that this life made: one that it did not make and that nobody reserved was made for this very request by an earlier life.</summary>
    readonly ConcurrentDictionary<(string Uuid, string Volume), bool> made = new();

    public Task<JsonNode?> HandleAsync(ReserveBlockDeviceName call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("reserve_block_device_name");
        return queue.RunAsync(uuid, turn => FaultedAsync(call, uuid, context, turn.Cancelled), cancelled: cancelled);
    }

    /// <summary>A fault without an event, as native has it.</summary>
    async Task<JsonNode?> FaultedAsync(ReserveBlockDeviceName call, string uuid, RpcContext context, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        try
        {
            return await ReserveAsync(call, uuid, context, cancelled);
        }
        catch (RpcFault fault) when (!fault.Is("InstanceNotFound"))
        {
            try
            {
                await faults.AddAsync(context, uuid, fault, cancelled);
            }
            catch (RpcFault untold)
            {
                Log.FailureUntold(log, untold, uuid);
            }

            throw;
        }
    }

    async Task<JsonNode?> ReserveAsync(ReserveBlockDeviceName call, string uuid, RpcContext context, CancellationToken cancelled)
    {
        if (!health.Answers)
        {
            throw NovaFaults.InvalidVolume($"the cloud that holds the instance does not answer: {health.Reason ?? "unknown"}. Try again later");
        }

        await CheckAsync(call, cancelled);
        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled) ?? throw NovaFaults.InstanceNotFound(uuid);
        var there = await bdms.OfAsync(context.Elevated(), uuid, cancelled);
        if (there.FirstOrDefault(bdm => bdm.Text("volume_id") == call.VolumeId) is { } before)
        {
            return before.Text("attachment_id") is null && before.Text("connection_info") is null && made.TryAdd((uuid, call.VolumeId), true)
                ? before.ToJson()
                : throw NovaFaults.InvalidVolume($"volume {call.VolumeId} already attached");
        }

        var name = DeviceNames.Next(there, call.DiskBus, call.DeviceType, DeviceNames.ImageOf(row), options.MaxDisks);
        if (made.Count >= Most)
        {
            made.Clear();
        }

        made[(uuid, call.VolumeId)] = true;
        var mapping = await bdms.CreateAsync(
            context.Elevated(),
            new()
            {
                ["source_type"] = "volume",
                ["destination_type"] = "volume",
                ["instance_uuid"] = uuid,
                ["boot_index"] = null,
                ["volume_id"] = call.VolumeId,
                ["device_name"] = name,
                ["guest_format"] = null,
                ["disk_bus"] = call.DiskBus,
                ["device_type"] = call.DeviceType,
                ["tag"] = call.Tag,
            },
            cancelled);
        return mapping.ToJson();
    }

    async Task CheckAsync(ReserveBlockDeviceName call, CancellationToken cancelled)
    {
        try
        {
            if (call.Tag is { Length: > 0 } && !await connecting.CanTagAsync(cancelled))
            {
                throw VolumeFaults.TaggedAttachNotSupported();
            }

            if (call.Multiattach == true && !await connecting.CanMultiattachAsync(cancelled))
            {
                throw VolumeFaults.MultiattachNotSupported(call.VolumeId);
            }
        }
        catch (CloudFault fault)
        {
            throw NovaFaults.InvalidVolume($"the cloud that holds the instance does not answer: {ChildFaults.Text(fault)}. Try again later");
        }

        // A volume behind Cinder-Proxy has the child's as its provider_id (D2); one without is on a backend of the parent. Who cannot see that learns it at the attach.
        if (await parent.SeeAsync(call.VolumeId, cancelled) is { Host: not null, ProviderId: null })
        {
            throw NovaFaults.InvalidVolume($"volume {call.VolumeId} is not in the cloud that holds the instance");
        }
    }
}
