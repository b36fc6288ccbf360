using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Images;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Reimage;

/// <summary>
/// reimage (cinder/volume/manager.py: VolumeManager.reimage): another image into a volume that is there. The status goes back to what it was; a volume that was reserved
/// is a server's that is being rebuilt, whose nova waits to be told.
/// </summary>
internal sealed class ReimageHandler(
    Turns turns,
    CinderDatabase database,
    ChildCloud child,
    ChildOrders orders,
    ChildImages images,
    ParentImages parent,
    Refusals refusals,
    ComputeTold compute,
    ILogger<ReimageHandler> log) : IHandle<Contracts.Cinder.Volume.Reimage>
{
    public Task<JsonNode?> HandleAsync(Contracts.Cinder.Volume.Reimage call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Volume.Id("reimage");
        return turns.TakeAsync(id, context, turn => ReimageAsync(id, call, context, turn), cancelled);
    }

    async Task ReimageAsync(string id, Contracts.Cinder.Volume.Reimage call, RpcContext context, Turn turn)
    {
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(id), turn.Cancelled);
        if (row?.Status != VolumeStatus.Downloading)
        {
            return;
        }

        if (row.ProviderId is not { Length: > 0 } childId)
        {
            await FailAsync(row, "it has no volume in the child", context, turn.Cancelled);
            return;
        }

        try
        {
            var image = call.ImageMeta["id"]?.ToString() ?? throw Contracts.Cinder.Faults.CinderFaults.InvalidInput("the image has no id");
            var childImage = await turn.AsideAsync(stop => images.EnsureAsync(image, row.ProjectId, stop));
            var seen = await orders.DoAsync(
                childId,
                _ => false,
                now => now.Status == VolumeStatus.Downloading,
                stop => child.Volumes.ReimageAsync(Scope.Own, childId, childImage, reimageReserved: true, stop),
                turn);
            await (seen is not null && !seen.Status.StartsWith("error", StringComparison.Ordinal)
                ? DoneAsync(row, image, context, turn.Cancelled)
                : FailAsync(row, $"the volume is {seen?.Status ?? "gone"} in the child", context, turn.Cancelled));
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            await FailAsync(row, ChildWords.Text(fault), context, turn.Cancelled);
        }
        catch (RpcFault fault)
        {
            await FailAsync(row, fault.Message, context, turn.Cancelled);
        }
    }

    async Task DoneAsync(VolumeRow row, string image, RpcContext context, CancellationToken cancelled)
    {
        var record = await parent.Images.FindAsync(Scope.Own, image, cancelled);
        var servers = await database.InTransactionAsync(
            async work =>
            {
                await work.GlanceMetadata.DeleteAsync(row.Id);
                await work.GlanceMetadata.InsertAsync(row.Id, record is null ? [] : ImageMetadata.Of(record));
                await work.Volumes.PreviousStatusAsync(row.Id, VolumeStatus.Downloading);
                return (await work.Attachments.OfVolumeAsync(row.Id)).Select(one => one.InstanceUuid).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            },
            cancelled);
        if (row.PreviousStatus == VolumeStatus.Reserved && !await compute.TellAsync(ExternalEvent.VolumeReimaged, row.Id, servers, cancelled))
        {
            await database.InTransactionAsync(work => work.Messages.InsertAsync(UserMessages.ReimageNotTold, row.Id, row.ProjectId, context.RequestId), cancelled);
        }
    }

    Task<bool> FailAsync(VolumeRow row, string reason, RpcContext context, CancellationToken cancelled)
    {
        Log.ReimageFailed(log, row.Id, reason);
        return database.InTransactionAsync(
            async work =>
            {
                await work.Messages.InsertAsync(UserMessages.ReimageFailed, row.Id, row.ProjectId, context.RequestId);
                return await work.Volumes.StatusAsync(row.Id, VolumeStatus.Downloading, VolumeStatus.Error);
            },
            cancelled);
    }
}
