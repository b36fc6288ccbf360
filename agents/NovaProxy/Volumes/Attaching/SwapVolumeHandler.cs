using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Volumes.Attaching;

/// <summary>
/// swap_volume is declined: the child may exchange two volumes only for an administrator, it says nothing of how far it is, and when it breaks off the parent
/// could not know which of the two the guest writes to. Everything is put back as the native method puts it back when its driver fails
/// (nova/compute/manager.py: _swap_volume), and Cinder hears it when the exchange was its own idea (a retype, a migration).
/// </summary>
internal sealed class SwapVolumeHandler(
    KeyedQueue queue, Instances instances, InstanceBoundary boundary, ParentVolumes parent, ILogger<SwapVolumeHandler> log) : IHandle<SwapVolume>
{
    const string Why = "a child cloud does not exchange the volume of a server while it runs; detach the one and attach the other";

    public Task<JsonNode?> HandleAsync(SwapVolume call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("swap_volume");
        return queue.RunAsync(uuid, turn => SwapAsync(call, uuid, context, turn.Cancelled), cancelled: cancelled);
    }

    async Task<JsonNode?> SwapAsync(SwapVolume call, string uuid, RpcContext context, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled) ?? call.Instance;
        return await boundary.RunAsync(context, row, Events.SwapVolume, InstanceWrapping.Fault, stop => DeclineAsync(call, row, context, stop), cancelled);
    }

    async Task<JsonNode?> DeclineAsync(SwapVolume call, VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var isCinders = (await parent.SeeAsync(call.OldVolumeId, cancelled))?.MigrationStatus == "migrating";
        await QuietlyAsync(() => parent.RollDetachingAsync(call.OldVolumeId, context, cancelled), call.OldVolumeId, uuid);
        await QuietlyAsync(
            () => call.NewAttachmentId is { } attachment
                ? parent.DisconnectAsync(attachment, context, cancelled)
                : parent.UnreserveAsync(call.NewVolumeId, context, cancelled),
            call.NewVolumeId,
            uuid);
        if (isCinders)
        {
            await QuietlyAsync(() => parent.FailMigrationAsync(call.OldVolumeId, call.NewVolumeId, cancelled), call.OldVolumeId, uuid);
        }

        throw NovaFaults.InvalidVolume(Why);
    }

    /// <summary>One thing that cannot be put back does not keep the next from it.</summary>
    async Task QuietlyAsync(Func<Task> work, string volume, string uuid)
    {
        try
        {
            await work();
        }
        catch (RpcFault fault)
        {
            Log.VolumeLeft(log, fault, volume, uuid, fault.Message);
        }
    }
}
