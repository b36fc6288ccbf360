using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Extend;

/// <summary>
/// extend_volume (cinder/volume/manager.py: VolumeManager.extend_volume): the message is held until the child's volume has its new size, then size, state and
/// reservations are written at once. The child tells a running guest by itself.
/// </summary>
internal sealed class ExtendVolumeHandler(
    Turns turns,
    CinderDatabase database,
    ChildCloud child,
    ChildOrders orders,
    Refusals refusals,
    CapabilitiesTold capabilities,
    ComputeTold compute,
    Notices notices,
    ILogger<ExtendVolumeHandler> log) : IHandle<ExtendVolume>, IHandle<ExtendVolumeCompletion>
{
    /// <summary>Comes only for a volume whose extend waits for nova, and ours never do (cinder/volume/api.py: extend_volume_completion).</summary>
    public Task<JsonNode?> HandleAsync(ExtendVolumeCompletion call, RpcContext context, CancellationToken cancelled) => Task.FromResult<JsonNode?>(null);

    public Task<JsonNode?> HandleAsync(ExtendVolume call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Volume.Id("extend_volume");
        return turns.TakeAsync(id, context, turn => ExtendAsync(id, call, context, turn), cancelled);
    }

    async Task ExtendAsync(string id, ExtendVolume call, RpcContext context, Turn turn)
    {
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(id), turn.Cancelled);
        if (row?.Status != VolumeStatus.Extending
            || (row.Size >= call.NewSize && await database.ReadAsync(work => work.Quotas.AreSettledAsync(call.Reservations), turn.Cancelled)))
        {
            // Done, by an earlier delivery: what is extending is the next order's, and its message is behind this one.
            return;
        }

        var attached = row.PreviousStatus == VolumeStatus.InUse || row.AttachStatus == VolumeAttachStatus.Attached;
        await notices.AboutAsync(row, "resize.start", context, turn.Cancelled);
        try
        {
            var seen = row.ProviderId is not { Length: > 0 } childId ? null : await orders.DoAsync(
                childId,
                now => now.Size >= call.NewSize,
                now => now.Status == VolumeStatus.Extending,
                stop => child.Volumes.ExtendAsync(Scope.Own, childId, call.NewSize, attached, stop),
                turn);
            await (seen?.Size >= call.NewSize
                ? ExtendedAsync(row, call, context, turn.Cancelled)
                : FailAsync(row, call, context, seen is null ? "it is gone in the child" : $"it is {seen.Status} and has {seen.Size} GiB in the child", turn.Cancelled));
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            await FailAsync(row, call, context, ChildWords.Text(fault), turn.Cancelled);
        }
    }

    async Task ExtendedAsync(VolumeRow row, ExtendVolume call, RpcContext context, CancellationToken cancelled)
    {
        var servers = await database.InTransactionAsync(
            async work =>
            {
                var holders = (await work.Attachments.OfVolumeAsync(row.Id)).Select(one => one.InstanceUuid).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
                if (await work.Volumes.ExtendedAsync(row.Id, call.NewSize, holders.Count > 0 ? VolumeStatus.InUse : VolumeStatus.Available))
                {
                    await work.Quotas.CommitAsync(call.Reservations ?? []);
                }

                return holders;
            },
            cancelled);
        Log.VolumeExtended(log, row.Id, row.Size, call.NewSize);
        capabilities.Soon();
        if (!await compute.TellAsync(ExternalEvent.VolumeExtended, row.Id, servers, cancelled))
        {
            await database.InTransactionAsync(work => work.Messages.InsertAsync(UserMessages.ExtendNotTold, row.Id, row.ProjectId, context.RequestId), cancelled);
        }

        await notices.AboutVolumeAsync(row.Id, "resize.end", context, cancelled);
    }

    async Task FailAsync(VolumeRow row, ExtendVolume call, RpcContext context, string reason, CancellationToken cancelled)
    {
        Log.ExtendFailed(log, row.Id, reason);
        await database.InTransactionAsync(
            async work =>
            {
                if (await work.Volumes.StatusAsync(row.Id, VolumeStatus.Extending, VolumeStatus.ErrorExtending))
                {
                    await work.Quotas.RollBackAsync(call.Reservations ?? []);
                    await work.Messages.InsertAsync(UserMessages.ExtendFailed, row.Id, row.ProjectId, context.RequestId);
                }

                return true;
            },
            cancelled);
    }
}
